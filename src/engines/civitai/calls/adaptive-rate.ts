/**
 * How fast one host may be asked, below the configured ceiling: a little faster after each row of successes, clearly
 * slower when it complains (models.md M-043; additive-increase, multiplicative-decrease as in TCP).
 */
import { MINUTE } from '#kernel/units';

export type PaceOutcome = 'success' | 'throttled' | 'error';

export interface AdaptiveRate {
  /** Milliseconds between two starts; never less than `ceilingMs`, the configured interval. 0 = no pace at all. */
  intervalMs(ceilingMs: number): number;
  /** What became of a request sent at `sentAt`, told at `now` (both monotonic). */
  report(outcome: PaceOutcome, times: { readonly sentAt: number; readonly now: number }, ceilingMs: number): void;
  /** Requests per second that were learned; null = as fast as configured. */
  perSecond(): number | null;
}

/** The floor: slower than this helps nobody, unless it was configured. */
const SLOWEST_PER_SECOND = 0.1;
const SUCCESSES_TO_SPEED_UP = 10;
const SPEED_UP = 1.05;
const SLOW_DOWN = 0.8;
const ERRORS_TO_SLOW_DOWN = 3;
const ERROR_WINDOW_MS = MINUTE;

export function createAdaptiveRate(learned: number | null = null): AdaptiveRate {
  let perSecond = learned ?? Number.POSITIVE_INFINITY;
  let successes = 0;
  let errors: number[] = [];
  let slowedAt = Number.NEGATIVE_INFINITY;

  function intervalMs(ceilingMs: number): number {
    if (ceilingMs === 0) return 0;
    return 1000 / Math.min(perSecond, 1000 / ceilingMs);
  }

  function slowDown(now: number, ceiling: number): void {
    const floor = Math.min(SLOWEST_PER_SECOND, ceiling);
    perSecond = Math.max(floor, Math.min(perSecond, ceiling) * SLOW_DOWN);
    slowedAt = now;
    successes = 0;
    errors = [];
  }

  return {
    intervalMs,
    report(outcome, { sentAt, now }, ceilingMs) {
      // A host that is not paced (this machine) has no rate to learn.
      if (ceilingMs === 0) return;
      const ceiling = 1000 / ceilingMs;
      if (outcome === 'success') {
        successes += 1;
        if (successes < SUCCESSES_TO_SPEED_UP) return;
        successes = 0;
        perSecond *= SPEED_UP;
        if (perSecond >= ceiling) perSecond = Number.POSITIVE_INFINITY;
        return;
      }
      // Sent before the last slow-down: that complaint has been heard already.
      if (sentAt < slowedAt) return;
      successes = 0;
      if (outcome === 'throttled') return slowDown(now, ceiling);
      errors = [...errors.filter((at) => now - at < ERROR_WINDOW_MS), now];
      if (errors.length >= ERRORS_TO_SLOW_DOWN) slowDown(now, ceiling);
    },
    perSecond: () => (Number.isFinite(perSecond) ? perSecond : null),
  };
}
