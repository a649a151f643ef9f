/**
 * The way to one host, a bucket that holds one token: requests start in order of arrival, never closer together than
 * the configured interval, farther apart where the host complained, and not at all while it asked for quiet.
 */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { HOUR, SECOND } from '#kernel/units';

import { createAdaptiveRate, type PaceOutcome } from './adaptive-rate.ts';
import type { Sleep } from './sleep.ts';
import { type OnWait, worthTellingMs } from './wait.ts';

export interface Lane {
  acquire(signal: AbortSignal): Promise<void>;
  pause(ms: number): void;
  report(outcome: PaceOutcome, sentAt: number): void;
  snapshot(): HostPace;
}

/** What was learned about one host; instants in milliseconds since the Unix epoch. */
export interface HostPace {
  /** Requests per second; null = as fast as configured. */
  readonly perSecond: number | null;
  readonly opensAt: number;
  readonly quietUntil: number;
}

export interface LaneDeps {
  readonly host: string;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** The configured interval; 0 = no pace. */
  readonly ceilingMs: () => number;
  readonly patienceMs: number;
  readonly earlier: HostPace | undefined;
  readonly onChange: () => void;
  readonly onWait: OnWait;
}

/** A header that asks for more is a mistake, or will be said again. */
const LONGEST_PAUSE_MS = HOUR;

export function createLane(deps: LaneDeps): Lane {
  const { clock, ceilingMs, earlier } = deps;
  const rate = createAdaptiveRate(earlier?.perSecond ?? null);
  /** Settles, never rejects, when everybody who came earlier has started or left. */
  let tail: Promise<void> = Promise.resolve();
  /** Monotonic time from which the next request may start. */
  let opensAt = restored(clock, earlier?.opensAt, rate.intervalMs(ceilingMs()));
  /** Monotonic time until which the far side wants no request. */
  let quietUntil = restored(clock, earlier?.quietUntil, LONGEST_PAUSE_MS);

  async function untilOpen(signal: AbortSignal): Promise<void> {
    // Again after each sleep: quiet may have been asked for meanwhile.
    for (;;) {
      const now = clock.monotonic();
      const quietMs = quietUntil - now;
      if (quietMs > deps.patienceMs) throw tooLongQuiet(deps.host, quietMs);
      const ms = Math.max(quietMs, opensAt - now);
      if (ms <= 0) return;
      if (ms > worthTellingMs) deps.onWait({ host: deps.host, cause: quietMs >= ms ? 'asked' : 'pace', ms });
      await deps.sleep(Math.min(ms, SECOND), signal);
    }
  }

  return {
    async acquire(signal) {
      const before = tail;
      const turn = Promise.withResolvers<void>();
      tail = before.then(() => turn.promise);
      try {
        await unlessAborted(before, signal);
        await untilOpen(signal);
        signal.throwIfAborted();
        opensAt = clock.monotonic() + rate.intervalMs(ceilingMs());
        deps.onChange();
      } finally {
        turn.resolve();
      }
    },
    pause(ms) {
      quietUntil = Math.max(quietUntil, clock.monotonic() + Math.min(ms, LONGEST_PAUSE_MS));
      deps.onChange();
    },
    report(outcome, sentAt) {
      rate.report(outcome, { sentAt, now: clock.monotonic() }, ceilingMs());
      deps.onChange();
    },
    snapshot() {
      const offset = clock.now() - clock.monotonic();
      return { perSecond: rate.perSecond(), opensAt: opensAt + offset, quietUntil: quietUntil + offset };
    },
  };
}

/** A clock that was set back must not hold anybody for years. */
function restored(clock: Clock, at: number | undefined, longestMs: number): number {
  const aheadMs = at === undefined ? 0 : Math.min(longestMs, Math.max(0, at - clock.now()));
  return clock.monotonic() + aheadMs;
}

function tooLongQuiet(host: string, ms: number): KuraError {
  return new KuraError('limit', 'civitai.rate-limited', { params: { path: host }, retryAfterMs: Math.ceil(ms) });
}

async function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  function onAbort(): void {
    aborted.reject(signal.reason);
  }
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
