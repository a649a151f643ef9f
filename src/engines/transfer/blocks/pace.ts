/**
 * How much of a block is filled before it goes to the disk. What is in it when the process is killed is lost: quarters
 * are handed on, until a connection is so fast that the steps between threads cost more than they save.
 */
import { KIB, MIB } from '#kernel/units';

import { BLOCK_BYTES } from './block-pool.ts';

export const PIECE_BYTES = 256 * KIB;

/** A connection below 25 MiB/s is slow: many of them together still bring no more pieces than blocks at full speed. */
const SLOW_MS_PER_MIB = 40;
/** From 200 MiB/s on, which no line of a house brings on one connection. */
const FULL_SPEED_MS_PER_MIB = 5;
const WEIGHT = 0.25;
/** Each write and each message costs the same, however long: writing 4 MiB at once takes half the CPU of four times 1 MiB (ADR 0018). */
const BLOCKS_TOGETHER = 2;

export interface Pace {
  /** A divisor of the block's length. */
  readonly pieceBytes: number;
  /** How many pieces are handed on together; more than one only where pieces are whole blocks. */
  readonly together: number;
  /** So slow that pieces go through the page cache: what is noted sooner is lost less, and little of it is filled. */
  readonly isSlow: boolean;
  /** `ms` between the first and the last byte of a piece on one connection. */
  measured(bytes: number, ms: number): void;
}

/** For what is gone with the process in any case. */
export const wholeBlocks: Pace = { pieceBytes: BLOCK_BYTES, together: 1, isSlow: false, measured: () => undefined };

/** Shared by the connections of one download. */
export class MeasuredPace implements Pace {
  /** Slow until some pieces have shown otherwise. */
  #msPerMib = 4 * SLOW_MS_PER_MIB;

  get pieceBytes(): number {
    return this.#msPerMib > FULL_SPEED_MS_PER_MIB ? PIECE_BYTES : BLOCK_BYTES;
  }

  get together(): number {
    return this.pieceBytes < BLOCK_BYTES ? 1 : BLOCKS_TOGETHER;
  }

  get isSlow(): boolean {
    return this.#msPerMib > SLOW_MS_PER_MIB;
  }

  measured(bytes: number, ms: number): void {
    if (bytes < PIECE_BYTES) return;
    this.#msPerMib += WEIGHT * ((ms * MIB) / bytes - this.#msPerMib);
  }
}
