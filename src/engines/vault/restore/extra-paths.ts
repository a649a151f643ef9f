/** Removes from the target what the snapshot does not have. */
import { rmdir, stat, unlink } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { createFolderAnchor } from '../file-system/folder-anchor.ts';
import { type BytePath, displayPath } from '../format/byte-path.ts';
import type { TreeEntry } from '../snapshot/tree-entry.ts';
import { createPathLookup } from '../snapshot/tree-list.ts';
import { createPathFilter } from '../source/exclude.ts';
import { createSelection } from '../source/selection.ts';
import { walkTree } from '../source/walk-tree.ts';
import type { RestoreRun } from './restore-run.ts';

export interface ExtraPaths {
  readonly count: number;
  readonly first: readonly string[];
}

const NAMED_PATHS = 1000;

/**
 * Target and list are walked side by side. The backup's own rules are applied to the target: what it would have left
 * out is not extra. Folders go only when they have become empty, and nothing is removed beyond a mount point.
 */
export async function removeExtra(run: RestoreRun, entries: AsyncGenerator<TreeEntry>): Promise<ExtraPaths> {
  const first: string[] = [];
  const folders: BytePath[] = [];
  let count = 0;

  async function remove(path: BytePath, isFolder: boolean): Promise<void> {
    if (!(await removeAt(run, path, isFolder))) return;
    count += 1;
    if (first.length < NAMED_PATHS) first.push(displayPath(path));
  }

  // A dry run may be about a folder that is not there.
  if ((await stat(run.target.root).catch(() => undefined)) === undefined) return { count, first };
  const list = createPathLookup(entries);
  try {
    for await (const { path, isFolder } of extraPaths(run, list)) {
      if (isFolder) folders.push(path);
      else await remove(path, false);
    }
  } finally {
    await list.close();
  }
  for (const path of folders.toReversed()) await remove(path, true);
  return { count, first };
}

async function* extraPaths(
  run: RestoreRun,
  list: ReturnType<typeof createPathLookup>,
): AsyncGenerator<{ readonly path: BytePath; readonly isFolder: boolean }> {
  const protectedPath = createPathFilter(run.request.exclude ?? []);
  const unread = run.snapshot.problems.map(({ path }) => path).filter((path) => path !== '');
  const { root } = run.target;
  await using anchor = createFolderAnchor({ root, create: false });
  const walk = {
    root,
    selection: createSelection({ ...run.snapshot, oneFileSystem: true }),
    anchor,
    onUnreadable() {},
    signal: run.restorer.signal,
  };
  for await (const { path, facts } of walkTree(walk)) {
    if ((await list.at(path)) !== undefined) continue;
    const kept = facts.isFile() || facts.isDirectory() || facts.isSymbolicLink();
    const name = displayPath(path);
    // A folder that could not be listed may have held anything.
    const unknown = unread.some((lost) => name === lost || name.startsWith(`${lost}/`));
    if (!kept || unknown || protectedPath(path) || !run.included(path) || isRenamed(run, path)) continue;
    yield { path, isFolder: facts.isDirectory() };
  }
}

/** What this very restore put beside something. */
function isRenamed(run: RestoreRun, path: BytePath): boolean {
  return (
    run.request.conflict === 'rename' && path.toString('latin1').endsWith(`.restored-${run.snapshot.id.slice(0, 8)}`)
  );
}

/** False for a folder that still holds something that must stay. */
async function removeAt(run: RestoreRun, path: BytePath, isFolder: boolean): Promise<boolean> {
  run.restorer.signal.throwIfAborted();
  if (run.request.dryRun === true) return true;
  try {
    await run.target.at(path, (reachable) => (isFolder ? rmdir(reachable) : unlink(reachable)));
    return true;
  } catch (error) {
    if (isFolder && systemCode(error) === 'ENOTEMPTY') return false;
    throw error;
  }
}
