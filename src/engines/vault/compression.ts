/** zstd where it pays. Model weights rarely shrink; JSON, logs and databases do. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { KIB } from '#kernel/units';

const SAMPLE_BYTES = 32 * KIB;
/** Below this gain the reader's time is worth more than the space. */
const WORTHWHILE = 0.9;
const options = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** The zstd frame, or undefined when a sample says, or the result shows, that it does not pay. */
export function compressIfItPays(plain: Uint8Array): Uint8Array | undefined {
  if (!sampleShrinks(plain)) return undefined;
  const frame = zstdCompressSync(plain, options);
  return frame.byteLength < plain.byteLength * WORTHWHILE ? frame : undefined;
}

/** The content, or undefined when the frame is broken or longer than it says. */
export function decompress(frame: Uint8Array, plainBytes: number): Uint8Array | undefined {
  try {
    return new Uint8Array(zstdDecompressSync(frame, { maxOutputLength: Math.max(1, plainBytes) }));
  } catch {
    return undefined;
  }
}

function sampleShrinks(plain: Uint8Array): boolean {
  if (plain.byteLength <= 4 * SAMPLE_BYTES) return plain.byteLength > 0;
  const middle = Math.floor((plain.byteLength - SAMPLE_BYTES) / 2);
  const starts = [0, middle, plain.byteLength - SAMPLE_BYTES];
  const shrunk = starts
    .map((start) => zstdCompressSync(plain.subarray(start, start + SAMPLE_BYTES), options).byteLength)
    .reduce((sum, length) => sum + length, 0);
  return shrunk < starts.length * SAMPLE_BYTES * WORTHWHILE;
}
