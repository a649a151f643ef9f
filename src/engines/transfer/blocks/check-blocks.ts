/** Holds what stands on disk against what was received. */
import { open } from 'node:fs/promises';
import { Blake3Hasher } from '@napi-rs/blake-hash';

import type { ByteRange } from '../byte-ranges.ts';
import type { BlockRecord } from './block-log.ts';
import { BLOCK_BYTES } from './block-pool.ts';

export interface CheckedBlocks {
  readonly intact: readonly ByteRange[];
  readonly damaged: readonly ByteRange[];
}

/** Reads every stretch that has a record; where there are several for one start, the last one counts. */
export async function checkBlocks(
  path: string,
  records: readonly BlockRecord[],
  signal: AbortSignal,
): Promise<CheckedBlocks> {
  await using file = await open(path, 'r');
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  const latest = new Map(records.map((record) => [record.start, record]));
  const intact: ByteRange[] = [];
  const damaged: ByteRange[] = [];
  for (const { start, length, digest } of latest.values()) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, length, start);
    const agrees = bytesRead === length && blake3(buffer.subarray(0, length)).equals(digest);
    (agrees ? intact : damaged).push([start, start + length]);
  }
  return { intact, damaged };
}

export function blake3(bytes: Buffer): Buffer {
  return new Blake3Hasher().update(bytes).digestBuffer();
}
