/** Blocks as stretches of the file. */
import type { BlockRecord } from './blocks/block-log.ts';
import { BLOCK_BYTES, type Block } from './blocks/block-pool.ts';
import type { Stretch } from './part-file.ts';

/** Where each block's share of `length` bytes goes, from `position` on. */
export function stretchesOf(blocks: readonly Block[], length: number, position: number): readonly Stretch[] {
  return blocks.map(({ bytes }, index) => {
    const begin = index * BLOCK_BYTES;
    return { bytes: bytes.subarray(0, Math.min(BLOCK_BYTES, length - begin)), position: position + begin };
  });
}

/** What the block log notes of them. */
export function recordsFor(stretches: readonly Stretch[], digests: readonly Uint8Array[]): readonly BlockRecord[] {
  return stretches.map(({ bytes, position }, index) => {
    const digest = digests[index];
    if (!digest) throw new RangeError('a stretch without its digest');
    return { start: position, length: bytes.length, digest };
  });
}
