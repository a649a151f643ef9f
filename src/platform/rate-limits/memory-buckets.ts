/** Buckets of this process. A full one is forgotten, so those of one request each do not pile up. */
import type { Clock } from '#kernel/clock';

import type { BucketStore } from './bucket-store.ts';
import { takeToken, withTokenBack } from './token-bucket.ts';

/** Some tens of megabytes at most, however many addresses an attacker has. */
const mostBuckets = 100_000;

export function createMemoryBuckets(clock: Clock, most = mostBuckets): BucketStore {
  /** By key, the moment at which the bucket is full. */
  const buckets = new Map<string, number>();

  function keep(key: string, fullAt: number, now: number): void {
    // Written anew, so that the first ones of the map are those that were idle longest.
    buckets.delete(key);
    if (fullAt <= now) return;
    if (buckets.size >= most) makeRoom(now);
    buckets.set(key, fullAt);
  }

  /** Full ones go; where there are none, a tenth of those that were idle longest. */
  function makeRoom(now: number): void {
    for (const [key, fullAt] of buckets) if (fullAt <= now) buckets.delete(key);
    if (buckets.size < most) return;
    for (const key of [...buckets.keys()].slice(0, Math.ceil(most / 10))) buckets.delete(key);
  }

  return {
    async take(key, bucket) {
      const now = clock.monotonic();
      const { fullAt, ...level } = takeToken(buckets.get(key) ?? 0, now, bucket);
      keep(key, fullAt, now);
      return level;
    },
    async giveBack(key, bucket) {
      keep(key, withTokenBack(buckets.get(key) ?? 0, bucket), clock.monotonic());
    },
  };
}
