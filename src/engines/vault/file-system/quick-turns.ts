/**
 * Looking at a path, or reading a small file, takes microseconds where it is at hand, and asking another thread to do so
 * takes ten times as long. So it is done on this thread while it is quick, and others get their turn every few
 * milliseconds; where it is not (a share over the network, a disk that has to seek), other threads do it.
 */
import { setImmediate } from 'node:timers/promises';

import { systemClock } from '#kernel/clock';

export interface QuickTurns {
  /** `now` on this thread while that is quick, otherwise `later`; both do the same. */
  run<Result>(now: () => Result, later: () => Promise<Result>): Promise<Result>;
  /** `now` at once, or `notNow` when it is the others' turn or was slow lately: then it has to be `run`. */
  atOnce<Result>(now: () => Result): Result | typeof notNow;
}

export const notNow = Symbol('not now');

const TURN_MS = 5;
const SLOW_MS = 1;
/** So many more slow ones than chance explains: on a busy machine the thread sometimes waits for the processor. */
const SLOW_ONES = 20;
/** Quick ones for each slow one that is chance. */
const QUICK_ONES = 10;

export function createQuickTurns(): QuickTurns {
  let turnSince = systemClock.monotonic();
  let slowness = 0;

  function timed<Result>(now: () => Result, started: number): Result {
    try {
      return now();
    } finally {
      const isSlow = systemClock.monotonic() - started > SLOW_MS;
      slowness = Math.max(0, slowness + (isSlow ? 1 : -1 / QUICK_ONES));
    }
  }

  function atOnce<Result>(now: () => Result): Result | typeof notNow {
    const started = systemClock.monotonic();
    return slowness >= SLOW_ONES || started - turnSince > TURN_MS ? notNow : timed(now, started);
  }

  return {
    atOnce,
    async run(now, later) {
      const done = atOnce(now);
      if (done !== notNow) return done;
      if (slowness >= SLOW_ONES) return await later();
      await setImmediate();
      turnSince = systemClock.monotonic();
      return timed(now, turnSince);
    },
  };
}
