/** Time and randomness enter through these two, so that tests can hold them still (P-009). */
import { randomBytes, randomFillSync } from 'node:crypto';

import { type Instant, instant } from './brands.ts';

export interface Clock {
  /** Wall time in milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds that never run backwards; only differences mean something. */
  monotonic(): number;
}

export interface Random {
  bytes(count: number): Uint8Array;
  /** Uniform in [0, 1). */
  fraction(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

export const systemRandom: Random = {
  bytes: (count) => (count <= MOST_FROM_STOCK ? fromStock(count) : randomBytes(count)),
  fraction: () => Math.random(),
};

const MOST_FROM_STOCK = 64;
/** Asking for a few bytes takes as long as asking for thousands. What was given out is gone from it. */
const stock = Buffer.alloc(4096);
let stockUsed = stock.byteLength;

function fromStock(count: number): Buffer {
  if (stockUsed + count > stock.byteLength) {
    randomFillSync(stock);
    stockUsed = 0;
  }
  const taken = stock.subarray(stockUsed, stockUsed + count);
  const bytes = Buffer.from(taken);
  taken.fill(0);
  stockUsed += count;
  return bytes;
}

export function nowInstant(clock: Clock): Instant {
  return instant(new Date(clock.now()));
}
