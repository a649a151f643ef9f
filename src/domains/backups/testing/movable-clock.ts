import { type Clock, systemClock } from '#kernel/clock';

export interface MovableClock extends Clock {
  /** Wall time in milliseconds, as the test sets it. */
  at: number;
}

/** Stands still until it is set; only what is measured goes on. */
export function movableClock(at: number): MovableClock {
  const clock: MovableClock = { at, now: () => clock.at, monotonic: () => systemClock.monotonic() };
  return clock;
}
