/** How long to wait before asking again: exponential back-off with full jitter, or what the far side asked for. */
import type { Clock, Random } from '#kernel/clock';
import { MINUTE, SECOND } from '#kernel/units';

import type { NetworkClass } from './steering/network-class.ts';

export interface RetryLimits {
  /** Attempts in a row that may bring nothing new before the transfer gives up; default 8. */
  readonly attempts: number;
  /** Ceiling of the first wait on a fast line, doubled each time; default 500 ms. */
  readonly baseMs: number;
  /** Ceiling of any wait; default 60 s. */
  readonly capMs: number;
  /** Longest Retry-After worth sitting out here; beyond it the caller is told when to come back. Default 2 min. */
  readonly maxRetryAfterMs: number;
}

export const defaultRetryLimits: RetryLimits = {
  attempts: 8,
  baseMs: 0.5 * SECOND,
  capMs: 60 * SECOND,
  maxRetryAfterMs: 2 * MINUTE,
};

/** A slow line takes longer to be itself again: 0.5, 1, 2 or 3 s. */
const slowness: Readonly<Record<NetworkClass, number>> = { excellent: 1, good: 2, fair: 4, poor: 6, unstable: 6 };

export interface BackoffCause {
  readonly retryAfterMs?: number | undefined;
  readonly networkClass?: NetworkClass | undefined;
}

/** Full jitter spreads clients that failed together; a Retry-After is a floor under it. */
export function backoffMs(attempt: number, limits: RetryLimits, random: Random, cause: BackoffCause = {}): number {
  const { retryAfterMs = 0, networkClass = 'excellent' } = cause;
  const ceiling = Math.min(limits.capMs, limits.baseMs * slowness[networkClass] * 2 ** (attempt - 1));
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
