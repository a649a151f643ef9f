/** A ceiling on bytes per second, shared by all who hold the same limit. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

export interface BandwidthLimit {
  /** Resolves when `count` bytes may pass. Rejects when `signal` aborts. */
  take(count: number, signal: AbortSignal): Promise<void>;
}

/**
 * Allows `bytesPerSecond` on average. Each taker books its time on one queue, so the limit is fair and never bursts by
 * more than a single take.
 */
export function createBandwidthLimit(bytesPerSecond: number, clock: Clock): BandwidthLimit {
  if (!(bytesPerSecond > 0)) throw new RangeError(`not a rate: ${bytesPerSecond}`);
  let bookedUntil = 0;
  return {
    async take(count, signal) {
      const now = clock.monotonic();
      const start = Math.max(now, bookedUntil);
      bookedUntil = start + (count * SECOND) / bytesPerSecond;
      if (start > now) await sleep(start - now, undefined, { signal });
    },
  };
}
