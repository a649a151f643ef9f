/**
 * How much of a block is filled before it goes to the disk. What is in it when the process is killed is lost, and a slow
 * connection takes long to fill one: there quarters are handed on. A fast one is done sooner than a quarter is worth.
 */
import { KIB, MIB } from '#kernel/units';

import { BLOCK_BYTES } from './block-pool.ts';

export const PIECE_BYTES = 256 * KIB;

/** A connection below 25 MiB/s is slow: many of them together still bring no more pieces than blocks at full speed. */
const SLOW_MS_PER_MIB = 40;
const WEIGHT = 0.25;

export interface Pace {
  /** A divisor of the block's length. */
  readonly pieceBytes: number;
  /** `ms` between the first and the last byte of a piece on one connection. */
  measured(bytes: number, ms: number): void;
}

/** For what is gone with the process in any case. */
export const wholeBlocks: Pace = { pieceBytes: BLOCK_BYTES, measured: () => undefined };

/** Shared by the connections of one download. */
export class MeasuredPace implements Pace {
  /** Slow until some pieces have shown otherwise. */
  #msPerMib = 4 * SLOW_MS_PER_MIB;

  get pieceBytes(): number {
    return this.#msPerMib > SLOW_MS_PER_MIB ? PIECE_BYTES : BLOCK_BYTES;
  }

  measured(bytes: number, ms: number): void {
    if (bytes < PIECE_BYTES) return;
    this.#msPerMib += WEIGHT * ((ms * MIB) / bytes - this.#msPerMib);
  }
}
