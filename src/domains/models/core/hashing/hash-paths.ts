/** The hashes of files that stand anywhere, one after the other; a file that cannot be read does not stop the others. */
import { stat } from 'node:fs/promises';

import { createHashThread, type HashThread, hashFile } from '#engines/transfer';
import type { Bytes } from '#kernel/brands';
import { KuraError, toKuraError } from '#kernel/errors';

import { type SpelledHashes, spellHashes } from './spell-hashes.ts';

export type HashedPath =
  | { readonly path: string; readonly sizeBytes: Bytes; readonly hashes: SpelledHashes }
  | { readonly path: string; readonly error: KuraError };

export interface HashPathsOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (path: string, hashedBytes: number, totalBytes: number) => void;
}

/** @throws the signal's reason */
export async function* hashPaths(paths: readonly string[], options: HashPathsOptions): AsyncGenerator<HashedPath> {
  await using thread = createHashThread();
  for (const path of paths) {
    options.signal.throwIfAborted();
    yield await hashPath(path, thread, options);
  }
}

async function hashPath(path: string, thread: HashThread, options: HashPathsOptions): Promise<HashedPath> {
  const { signal } = options;
  try {
    // Asked before opening: opening a named pipe would wait for somebody to write to it.
    const facts = await stat(path);
    if (!facts.isFile()) throw new KuraError('invalid', 'transfer.not-a-plain-file', { params: { path } });
    const { sizeBytes, hashes } = await hashFile(path, {
      thread,
      signal,
      onProgress: (hashed, total) => options.onProgress(path, hashed, total),
    });
    return { path, sizeBytes, hashes: spellHashes(hashes) };
  } catch (error) {
    signal.throwIfAborted();
    return { path, error: toKuraError(error) };
  }
}
