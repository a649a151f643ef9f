/** Blocks as stretches of the file. */
import type { BlockRecord } from './blocks/block-log.ts';
import { BLOCK_BYTES, type Block } from './blocks/block-pool.ts';
import type { Stretch } from './part-file.ts';

/** How much of `length` bytes the block with this index holds: all but the last are full. */
export function shareOf(index: number, length: number): number {
  return Math.min(BLOCK_BYTES, length - index * BLOCK_BYTES);
}

/** Where each block's share of `length` bytes goes, from `position` on. */
export function stretchesOf(blocks: readonly Block[], length: number, position: number): readonly Stretch[] {
  return blocks.map(({ bytes }, index) => ({
    bytes: bytes.subarray(0, shareOf(index, length)),
    position: position + index * BLOCK_BYTES,
  }));
}

/** What the block log notes of them. */
export function recordsFor(stretches: readonly Stretch[], digests: readonly Uint8Array[]): readonly BlockRecord[] {
  return stretches.map(({ bytes, position }, index) => {
    const digest = digests[index];
    if (!digest) throw new RangeError('a stretch without its digest');
    return { start: position, length: bytes.length, digest };
  });
}
