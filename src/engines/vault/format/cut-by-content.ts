/**
 * Content-defined chunks: where a chunk ends depends on the 32 bytes before its end, so that an insertion changes the
 * chunks it touches and leaves the others. A gear hash with normalised lengths, as in FastCDC (Xia et al., USENIX ATC
 * 2016). In an encrypted repository the gear comes from a key, so that lengths of chunks give no known file away.
 */
import { hkdfSync } from 'node:crypto';

import { KIB } from '#kernel/units';

export interface Cutter {
  readonly lengths: CutLengths;
  /** Length of the first chunk of `bytes`; all of them when no cut is found and there is nothing more to come. */
  firstChunk(bytes: Uint8Array): number;
}

/** Where a chunk may end first, where most do (a power of two), and where it must. */
export interface CutLengths {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

/** ADR 0025 has the figures behind these. */
export const fileCuts: CutLengths = { least: 32 * KIB, usual: 128 * KIB, most: 512 * KIB };
/** File lists change in a few lines, and each chunk of them costs a line of the snapshot. */
export const listCuts: CutLengths = { least: 16 * KIB, usual: 64 * KIB, most: 256 * KIB };

/** Before the usual length a cut is four times rarer than by chance, after it four times more frequent. */
const NORMALISING_BITS = 2;

/** @param key 32 bytes, or none where nothing is secret. */
export function createCutter(lengths: CutLengths, key: Uint8Array = new Uint8Array()): Cutter {
  const gear = new Int32Array(hkdfSync('sha256', key, new Uint8Array(), 'kura-vault/1/cuts', 256 * 4));
  const usualBits = Math.log2(lengths.usual);
  const strict = 32 - usualBits - NORMALISING_BITS;
  const loose = 32 - usualBits + NORMALISING_BITS;
  return {
    lengths,
    firstChunk(bytes) {
      const end = Math.min(bytes.byteLength, lengths.most);
      const usual = Math.min(end, lengths.usual);
      let hash = 0;
      let at = Math.min(end, lengths.least);
      for (; at < usual; at += 1) {
        // Kept within 32 bits at each step: numbers with a fraction would be six times slower.
        hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
        if (hash >>> strict === 0) return at + 1;
      }
      for (; at < end; at += 1) {
        hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
        if (hash >>> loose === 0) return at + 1;
      }
      return end;
    },
  };
}
