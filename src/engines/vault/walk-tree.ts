/** Walks a tree depth first, names in byte order, without following links. */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { type BytePath, joinPath } from './byte-path.ts';
import type { PathFilter } from './exclude.ts';

export interface FoundPath {
  readonly path: BytePath;
  readonly absolute: Buffer;
  readonly facts: BigIntStats;
  /** Set on a folder whose contents could not be listed. */
  readonly listError?: unknown;
}

export interface Walk {
  readonly root: Buffer;
  readonly excluded: PathFilter;
  /** A folder that is left out wherever it lies: the repository itself. */
  readonly skip?: { readonly dev: bigint; readonly ino: bigint };
  readonly signal: AbortSignal;
}

export function walkTree(walk: Walk): AsyncGenerator<FoundPath> {
  return walkFolder(walk, Buffer.alloc(0), walk.root);
}

/** @throws the system error when the folder cannot be listed. */
async function* walkFolder(walk: Walk, folder: BytePath, absoluteFolder: Buffer): AsyncGenerator<FoundPath> {
  walk.signal.throwIfAborted();
  const names = await readdir(absoluteFolder, { encoding: 'buffer' });
  for (const name of names.sort((one, other) => one.compare(other))) {
    const path = joinPath(folder, name);
    if (walk.excluded(path)) continue;
    const absolute = joinPath(absoluteFolder, name);
    const facts = await lstatOrGone(absolute);
    if (facts === undefined || (facts.ino === walk.skip?.ino && facts.dev === walk.skip.dev)) continue;
    if (facts.isDirectory()) yield* walkInto(walk, { path, absolute, facts });
    else yield { path, absolute, facts };
  }
}

async function* walkInto(walk: Walk, folder: FoundPath): AsyncGenerator<FoundPath> {
  const contents = walkFolder(walk, folder.path, folder.absolute);
  let first: IteratorResult<FoundPath>;
  try {
    first = await contents.next();
  } catch (listError) {
    walk.signal.throwIfAborted();
    yield { ...folder, listError };
    return;
  }
  yield folder;
  if (first.done === true) return;
  yield first.value;
  yield* contents;
}

/** What vanishes between listing and looking was not there. */
async function lstatOrGone(path: Buffer): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
