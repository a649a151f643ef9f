/** What a backup finds in its source, path by path, with what is already known about it. */
import { stat } from 'node:fs/promises';

import { isKuraError } from '#kernel/errors';

import type { FolderAnchor } from '../file-system/folder-anchor.ts';
import { type BytePath, displayPath } from '../format/byte-path.ts';
import type { ParentLines } from '../snapshot/parent-lines.ts';
import type { TreeEntry } from '../snapshot/tree-entry.ts';
import { readLargeFiles } from '../snapshot/tree-list.ts';
import { createSelection } from '../source/selection.ts';
import { type SourceItem, type SourceOutcome, unreadablePath } from '../source/source-entry.ts';
import { type FoundPath, type Walk, walkBatches } from '../source/walk-tree.ts';
import type { FolderRun } from './backup-run.ts';
import { createMovedFiles, MOVED_FROM_BYTES, mayHaveMoved } from './moved-files.ts';

export async function walkOf(run: FolderRun, anchor: FolderAnchor): Promise<Walk> {
  const { localFolder } = run.context.storage;
  const own = localFolder === undefined ? undefined : await stat(localFolder, { bigint: true });
  return {
    root: Buffer.from(run.source),
    selection: createSelection(run.request),
    anchor,
    signal: run.signal,
    onUnreadable: (path, error) => run.problems.push(unreadablePath(path, error)),
    ...(own === undefined ? {} : { skip: { dev: own.dev, ino: own.ino } }),
  };
}

export async function* sourceItems(
  run: FolderRun,
  walk: Walk,
  past: ParentLines | undefined,
): AsyncGenerator<readonly SourceItem[]> {
  const firstNames = new Map<string, BytePath>();
  const known = run.request.readAll === true ? undefined : past;
  const movedFiles = createMovedFiles(() => largeFilesOfParent(run));
  for await (const batch of walkBatches(walk)) {
    const items: SourceItem[] = [];
    for (const found of batch) {
      const asked = known?.at(found.path);
      const line = asked instanceof Promise ? await asked : asked;
      const moved =
        line === undefined && known !== undefined && mayHaveMoved(found) ? await movedFiles.find(found) : undefined;
      items.push({ found, past: line, moved, linkTo: linkTarget(firstNames, found) });
    }
    yield items;
  }
}

async function* largeFilesOfParent({ context, store, parent, signal }: FolderRun): AsyncGenerator<TreeEntry> {
  if (parent === undefined) return;
  try {
    yield* readLargeFiles(context, store, parent.list, { atLeast: MOVED_FROM_BYTES, signal });
  } catch (error) {
    // What comes after damage in the list counts as new.
    if (!isKuraError(error)) throw error;
  }
}

/** Names after the first of a file with several names become hard links to the first. */
function linkTarget(firstNames: Map<string, BytePath>, { facts, path }: FoundPath): BytePath | undefined {
  if (!facts.isFile() || facts.nlink < 2n) return undefined;
  const inode = `${facts.dev}:${facts.ino}`;
  const first = firstNames.get(inode);
  if (first === undefined) firstNames.set(inode, path);
  return first;
}

/** When the name that was to carry the content is lost, a link to it would be a promise without content. */
export function withoutDanglingLink(lostNames: Set<string>, item: SourceItem, outcome: SourceOutcome): SourceOutcome {
  const { path } = item.found;
  if (outcome.entry === undefined) lostNames.add(path.toString('latin1'));
  if (item.linkTo === undefined || !lostNames.has(item.linkTo.toString('latin1'))) return outcome;
  const reason = `same file as ${displayPath(item.linkTo)}`;
  return { problem: { path: displayPath(path), code: 'vault.file-unreadable', reason } };
}
