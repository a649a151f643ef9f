/**
 * Who is tried again, how often and after how long: by class of failure, never by status alone (models.md A8).
 * Full jitter (a uniform draw between nothing and the bound) keeps many clients from coming back together.
 */
import type { Random } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

/** `unknown`: an answer that is none, e.g. cut short; `final` failures would fail again the same way. */
export type FailureClass = 'network' | 'server' | 'rate-limit' | 'unknown' | 'final';

interface Schedule {
  readonly retries: number;
  readonly firstMs: number;
  readonly growth: number;
  readonly longestMs: number;
}

const schedules: Readonly<Record<Exclude<FailureClass, 'final'>, Schedule>> = {
  network: { retries: 3, firstMs: SECOND, growth: 2, longestMs: 30 * SECOND },
  server: { retries: 2, firstMs: SECOND / 2, growth: 1.5, longestMs: 30 * SECOND },
  'rate-limit': { retries: 5, firstMs: 5 * SECOND, growth: 3, longestMs: 5 * MINUTE },
  unknown: { retries: 1, firstMs: SECOND, growth: 1, longestMs: 30 * SECOND },
};

export function failureClassOf(error: KuraError): FailureClass {
  switch (error.code) {
    case 'civitai.unreachable':
    case 'civitai.timeout':
      return 'network';
    // A page that cannot be put together mostly stays so; what it depends on can move away between two tries.
    case 'civitai.page-broken':
    case 'civitai.server-error':
      return 'server';
    case 'civitai.rate-limited':
      return 'rate-limit';
    case 'civitai.not-json':
      return 'unknown';
    default:
      // A transport speaks of the network in its own codes.
      return error.kind === 'unavailable' && !error.code.startsWith('civitai.') ? 'network' : 'final';
  }
}

/** Tries that a failure of this class can lead to, the first included. */
export function triesOf(failure: FailureClass): number {
  return failure === 'final' ? 1 : schedules[failure].retries + 1;
}

export interface FailedTry {
  readonly failure: FailureClass;
  /** How many failures of this class came before, in this call. */
  readonly earlier: number;
  /** What the server asked for. */
  readonly retryAfterMs: number | undefined;
}

/** Milliseconds to wait before the next try, or null when there shall be none. */
export function retryDelay({ failure, earlier, retryAfterMs }: FailedTry, random: Random): number | null {
  if (failure === 'final') return null;
  const schedule = schedules[failure];
  if (earlier >= schedule.retries) return null;
  const bound = Math.min(schedule.longestMs, schedule.firstMs * schedule.growth ** earlier);
  if (retryAfterMs === undefined) return Math.round(random.fraction() * bound);
  // Asked to stay away longer than anybody would sit here: give up and say when.
  if (retryAfterMs > schedule.longestMs) return null;
  return retryAfterMs + Math.round(random.fraction() * Math.min(bound, SECOND));
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3), as milliseconds from `now`. */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  const trimmed = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * SECOND;
  if (!/^[A-Za-z]{3}/.test(trimmed)) return undefined;
  const at = Date.parse(trimmed);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
