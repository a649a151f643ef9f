/** Time and randomness enter through these two, so that tests can hold them still (P-009). */
import { randomBytes } from 'node:crypto';

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
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
};

export function nowInstant(clock: Clock): Instant {
  return instant(new Date(clock.now()));
}
