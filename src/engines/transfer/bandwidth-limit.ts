/** A ceiling on bytes per second, shared by all who hold the same limit. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

export interface BandwidthLimit {
  /** Resolves when `count` bytes may pass, in the order of asking. Rejects when `signal` aborts. */
  take(count: number, signal: AbortSignal): Promise<void>;
}

/** How long a changed rate may go unnoticed by those who wait. */
const LONGEST_WAIT_MS = SECOND / 4;

/**
 * Allows `rate` bytes per second on average, and never more at once than a single take. A rate that is a function is
 * asked again and again, so that a changed setting counts for transfers under way; 0 and Infinity mean no limit.
 */
export function createBandwidthLimit(
  rate: number | (() => number),
  clock: Clock,
  wait: (ms: number) => Promise<unknown> = sleep,
): BandwidthLimit {
  const waiting: Waiter[] = [];
  const bucket = createDebt(typeof rate === 'function' ? rate : () => rate, clock);
  let isServing = false;

  async function serve(): Promise<void> {
    isServing = true;
    while (waiting.length > 0) {
      const owedMs = bucket.owedMs();
      if (owedMs > 0) {
        await wait(Math.min(owedMs, LONGEST_WAIT_MS));
        continue;
      }
      const next = waiting.shift();
      bucket.spend(next?.count ?? 0);
      next?.pass();
    }
    isServing = false;
  }

  return {
    async take(count, signal) {
      signal.throwIfAborted();
      if (waiting.length === 0 && bucket.owedMs() === 0) {
        bucket.spend(count);
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter: Waiter = { count, pass: resolve };
      function leave(): void {
        const index = waiting.indexOf(waiter);
        if (index !== -1) waiting.splice(index, 1);
        reject(signal.reason);
      }
      waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
      if (!isServing) void serve();
      try {
        await promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

/** One limit out of several: a download's own, its batch's, the house's. Undefined ones do not limit. */
export function joinBandwidthLimits(limits: ReadonlyArray<BandwidthLimit | undefined>): BandwidthLimit | undefined {
  const real = limits.filter((limit) => limit !== undefined);
  if (real.length < 2) return real[0];
  return {
    async take(count, signal) {
      for (const limit of real) await limit.take(count, signal);
    },
  };
}

interface Waiter {
  readonly count: number;
  readonly pass: () => void;
}

/** Bytes that have passed and are not paid for by time yet. */
function createDebt(rate: () => number, clock: Clock) {
  let owed = 0;
  let paidAt = clock.monotonic();
  let knownRate = 0;

  function pay(): number {
    const asked = rate();
    const current = asked > 0 ? asked : Number.POSITIVE_INFINITY;
    const now = clock.monotonic();
    // What has passed since is paid at the lower rate: the higher one may have begun only now.
    const perSecond = knownRate > 0 ? Math.min(knownRate, current) : current;
    owed = current === Number.POSITIVE_INFINITY ? 0 : Math.max(0, owed - (perSecond * (now - paidAt)) / SECOND);
    paidAt = now;
    knownRate = current;
    return current;
  }

  return {
    owedMs(): number {
      const perSecond = pay();
      return owed < 1 ? 0 : (owed * SECOND) / perSecond;
    },
    spend(count: number): void {
      if (pay() !== Number.POSITIVE_INFINITY) owed += count;
    },
  };
}
