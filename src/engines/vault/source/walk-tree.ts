/** Walks a tree depth first, names in byte order, without following links. */
import { type BigIntStats, lstatSync } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import type { FolderAnchor } from '../file-system/folder-anchor.ts';
import { createQuickTurns, notNow, type QuickTurns } from '../file-system/quick-turns.ts';
import { type BytePath, joinPath } from '../format/byte-path.ts';
import { type Selection, withoutCache } from './selection.ts';

export interface FoundPath {
  readonly path: BytePath;
  /** Too long for a system call when `anchor` is set: use `withPath`. */
  readonly absolute: Buffer;
  readonly anchor?: FolderAnchor;
  readonly facts: BigIntStats;
  /** Set on a folder whose contents could not be listed. */
  readonly listError?: unknown;
}

export interface Walk {
  readonly root: Buffer;
  readonly selection: Selection;
  /** A folder that is left out wherever it lies: the repository itself. */
  readonly skip?: { readonly dev: bigint; readonly ino: bigint };
  /** Reaches what lies too deep; must outlive the use of what was found. */
  readonly anchor: FolderAnchor;
  /** A name that is listed, but of which nothing more can be learnt. */
  readonly onUnreadable: (path: BytePath, error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Linux takes 4096 bytes with the final NUL; other systems less, and say so themselves. */
const LONGEST_PATH = 4000;

/** Runs `work` with a path of the found thing that system calls accept. */
export function withPath<Result>(
  found: Pick<FoundPath, 'path' | 'absolute' | 'anchor'>,
  work: (path: Buffer) => Promise<Result>,
): Promise<Result> {
  return found.anchor === undefined ? work(found.absolute) : found.anchor.at(found.path, work);
}

interface OpenFolder {
  readonly path: BytePath;
  readonly absolute: Buffer;
  readonly names: readonly Buffer[];
  next: number;
}

/** Paths that are handed on together at most: as many as a backup looks ahead. */
const BATCH = 64;

/** @throws the system error when the root cannot be listed. */
export async function* walkTree(walk: Walk): AsyncGenerator<FoundPath> {
  for await (const batch of walkBatches(walk)) yield* batch;
}

/**
 * As `walkTree`, some paths at a time: a promise for each would take longer than looking at it. Whatever has been found is handed
 * on before anything is waited for.
 */
export async function* walkBatches(walk: Walk): AsyncGenerator<readonly FoundPath[]> {
  const names = (await readdir(walk.root, { encoding: 'buffer' })).sort(byBytes);
  const rootFacts = await stat(walk.root, { bigint: true });
  const looking = { ...walk, turns: createQuickTurns() };
  // Not by recursion: a tree may be thousands of folders deep.
  const open: OpenFolder[] = [{ path: Buffer.alloc(0), absolute: walk.root, names, next: 0 }];
  let batch: FoundPath[] = [];
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const name = folder.names[folder.next++];
    if (name === undefined) {
      open.pop();
      continue;
    }
    walk.signal.throwIfAborted();
    const place = placeOf(walk, folder, name);
    if (place === undefined) continue;
    let found = lookAtOnce(looking, place);
    if (found === notNow) {
      if (batch.length > 0) yield batch;
      batch = [];
      found = await look(looking, place);
    }
    if (found === undefined) continue;
    if (!found.facts.isDirectory() || (walk.selection.oneFileSystem && found.facts.dev !== rootFacts.dev)) {
      batch.push(found);
    } else {
      const listed = await list(walk, found);
      batch.push('listError' in listed ? { ...found, listError: listed.listError } : found);
      if ('names' in listed) open.push({ path: found.path, absolute: found.absolute, names: listed.names, next: 0 });
    }
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type Place = Pick<FoundPath, 'path' | 'absolute' | 'anchor'>;
type Looking = Walk & { readonly turns: QuickTurns };

/** undefined when the path is left out. */
function placeOf({ selection, anchor }: Walk, folder: OpenFolder, name: Buffer): Place | undefined {
  const path = joinPath(folder.path, name);
  if (selection.excluded(path)) return undefined;
  const absolute = joinPath(folder.absolute, name);
  return absolute.length > LONGEST_PATH ? { path, absolute, anchor } : { path, absolute };
}

/** As `look`, when that is quick; a failure is looked at again there. */
function lookAtOnce(walk: Looking, place: Place): FoundPath | undefined | typeof notNow {
  if (place.anchor !== undefined) return notNow;
  try {
    const facts = walk.turns.atOnce(() => lstatSync(place.absolute, { bigint: true }));
    if (facts === notNow) return notNow;
    return isLeftOut(walk, facts) ? undefined : { ...place, facts };
  } catch {
    return notNow;
  }
}

/** undefined when the path is left out, or vanished after it was listed. */
async function look(walk: Looking, place: Place): Promise<FoundPath | undefined> {
  try {
    const facts = await withPath(place, (at) =>
      walk.turns.run(
        () => lstatSync(at, { bigint: true }),
        () => lstat(at, { bigint: true }),
      ),
    );
    return isLeftOut(walk, facts) ? undefined : { ...place, facts };
  } catch (error) {
    walk.signal.throwIfAborted();
    if (systemCode(error) !== 'ENOENT') walk.onUnreadable(place.path, error);
    return undefined;
  }
}

function isLeftOut({ skip, selection }: Walk, facts: BigIntStats): boolean {
  if (facts.ino === skip?.ino && facts.dev === skip.dev) return true;
  const limit = selection.excludeLargerThan;
  return limit !== undefined && facts.isFile() && facts.size > limit;
}

async function list(
  walk: Walk,
  found: FoundPath,
): Promise<{ readonly names: readonly Buffer[] } | { readonly listError: unknown }> {
  try {
    return await withPath(found, async (folder) => {
      const names = (await readdir(folder, { encoding: 'buffer' })).sort(byBytes);
      return { names: walk.selection.excludeCaches ? await withoutCache(names, folder) : names };
    });
  } catch (listError) {
    walk.signal.throwIfAborted();
    return { listError };
  }
}

function byBytes(one: Buffer, other: Buffer): number {
  return one.compare(other);
}
