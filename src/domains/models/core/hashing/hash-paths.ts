/** The hashes of files that stand anywhere, one after the other; a file that cannot be read does not stop the others. */
import { createHashThread, type HashThread, hashFile } from '#engines/transfer';
import { type Bytes, bytes } from '#kernel/brands';
import { type KuraError, toKuraError } from '#kernel/errors';

import { walkFiles } from '../walk-files.ts';
import { factsOf } from './file-facts.ts';
import type { HashMemory } from './hash-memory.ts';
import { type SpelledHashes, spellHashes } from './spell-hashes.ts';

export type HashedPath =
  | {
      readonly path: string;
      readonly sizeBytes: Bytes;
      readonly hashes: SpelledHashes;
      /** Taken from memory: the file was not read. */
      readonly wasKnown: boolean;
    }
  | { readonly path: string; readonly error: KuraError };

export interface HashPathsOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (path: string, hashedBytes: number, totalBytes: number) => void;
  readonly memory?: HashMemory | undefined;
}

/** Folders are walked; links inside them are passed over. @throws the signal's reason */
export async function* hashPaths(paths: Iterable<string>, options: HashPathsOptions): AsyncGenerator<HashedPath> {
  await using thread = createHashThread();
  for (const path of paths) {
    for await (const entry of walkFiles(path, options.signal)) {
      if (entry.kind === 'unreadable') yield { path: entry.path, error: entry.error };
      if (entry.kind === 'file') yield await hashPath(entry.path, thread, options);
    }
  }
}

export async function hashPath(path: string, thread: HashThread, options: HashPathsOptions): Promise<HashedPath> {
  const { signal, memory } = options;
  try {
    const facts = await factsOf(path);
    const known = await memory?.recall(facts);
    if (known !== undefined) return { path, sizeBytes: bytes(facts.sizeBytes), hashes: known, wasKnown: true };
    const { sizeBytes, hashes } = await hashFile(path, {
      thread,
      signal,
      onProgress: (hashed, total) => options.onProgress(path, hashed, total),
    });
    const spelled = spellHashes(hashes);
    await memory?.remember(facts, spelled);
    return { path, sizeBytes, hashes: spelled, wasKnown: false };
  } catch (error) {
    signal.throwIfAborted();
    return { path, error: toKuraError(error) };
  }
}
