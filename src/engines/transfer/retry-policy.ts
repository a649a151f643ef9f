/** How long to wait before asking again: exponential back-off with full jitter, or what the far side asked for. */
import type { Clock, Random } from '#kernel/clock';
import { MINUTE, SECOND } from '#kernel/units';

export interface RetryLimits {
  /** Attempts in a row that may bring nothing new before the transfer gives up; default 8. */
  readonly attempts: number;
  /** Ceiling of the first wait, doubled each time; default 500 ms. */
  readonly baseMs: number;
  /** Ceiling of any wait; default 30 s. */
  readonly capMs: number;
  /** Longest Retry-After worth sitting out here; beyond it the caller is told when to come back. Default 2 min. */
  readonly maxRetryAfterMs: number;
}

export const defaultRetryLimits: RetryLimits = {
  attempts: 8,
  baseMs: 0.5 * SECOND,
  capMs: 30 * SECOND,
  maxRetryAfterMs: 2 * MINUTE,
};

/** Full jitter spreads clients that failed together; a Retry-After is a floor under it. */
export function backoffMs(attempt: number, limits: RetryLimits, random: Random, retryAfterMs = 0): number {
  const ceiling = Math.min(limits.capMs, limits.baseMs * 2 ** (attempt - 1));
  return retryAfterMs + random.fraction() * ceiling;
}

/** Retry-After (RFC 9110 §10.2.3), seconds or a date, in milliseconds from now; undefined when absent or senseless. */
export function parseRetryAfter(value: string | undefined, clock: Clock): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = Date.parse(text);
  return Number.isNaN(date) || !/^[A-Za-z]/.test(text) ? undefined : Math.max(0, date - clock.now());
}
