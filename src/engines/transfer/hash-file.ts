/** Hashes of a file that is already here, by the same code and thread that hashes downloads. */
import { open } from 'node:fs/promises';
import { type Bytes, bytes } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import type { BandwidthLimit } from './bandwidth-limit.ts';
import { allHashNames, type FileHashes, type HashName } from './file-hashes.ts';
import { createHashThread, type HashSession, type HashThread } from './hash-thread.ts';

export interface HashFileOptions {
  /** Which hashes besides SHA256; default all six. */
  readonly names?: readonly HashName[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((hashedBytes: number, totalBytes: number) => void) | undefined;
  /** How fast it may be read; default: as fast as it goes. */
  readonly bandwidth?: BandwidthLimit | undefined;
  /** Give one when hashing many files: starting a thread costs more than hashing a small file. */
  readonly thread?: HashThread | undefined;
}

export interface HashedFile {
  readonly path: string;
  readonly sizeBytes: Bytes;
  readonly hashes: FileHashes;
}

/**
 * Measures a file.
 * @throws KuraError `transfer.file-changed` when it is written to meanwhile, `transfer.not-a-plain-file`; system errors
 * of reading it as they come; the signal's reason when aborted.
 */
export async function hashFile(path: string, options: HashFileOptions = {}): Promise<HashedFile> {
  await using owned = options.thread ? undefined : createHashThread();
  const thread = options.thread ?? owned;
  await using file = await open(path, 'r');
  const before = await file.stat();
  if (!thread || !before.isFile()) throw new KuraError('invalid', 'transfer.not-a-plain-file', { params: { path } });
  using session = thread.follow(path, options.names ?? allHashNames);
  if (options.bandwidth) await release(session, before.size, options.bandwidth, options.signal);
  const hashes = await session.finish(before.size, {
    signal: options.signal,
    onHashed: (hashed) => options.onProgress?.(hashed, before.size),
  });
  const after = await file.stat();
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new KuraError('conflict', 'transfer.file-changed', { params: { path } });
  }
  return { path, sizeBytes: bytes(before.size), hashes };
}

/** The thread reads no further than it was told. */
async function release(
  session: HashSession,
  size: number,
  bandwidth: BandwidthLimit,
  signal = new AbortController().signal,
): Promise<void> {
  for (let upTo = 0; upTo < size; ) {
    const count = Math.min(MIB, size - upTo);
    await bandwidth.take(count, signal);
    upTo += count;
    session.advance(upTo);
  }
}
