/** Buckets that several nodes share, as long as they can be reached: else each node counts by itself. */
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { Probe } from '#platform/health';
import type { Logger } from '#platform/log';

import type { BucketStore } from './bucket-store.ts';

export interface SharedBuckets extends BucketStore {
  /** Degraded while this node counts by itself. */
  readonly probe: Probe;
}

export interface SharedBucketsDeps {
  readonly shared: BucketStore;
  readonly own: BucketStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** So long requests do not wait for what just failed. */
const restMs = 5 * SECOND;

export function createSharedBuckets({ shared, own, clock, logger }: SharedBucketsDeps): SharedBuckets {
  let restUntil = 0;
  let trouble: string | undefined;

  async function ask<Answer>(call: (store: BucketStore) => Promise<Answer>): Promise<Answer> {
    if (clock.monotonic() < restUntil) return call(own);
    try {
      const answer = await call(shared);
      if (trouble !== undefined) logger.info('rate-limits.shared-again');
      trouble = undefined;
      return answer;
    } catch (error) {
      restUntil = clock.monotonic() + restMs;
      const reason = toKuraError(error).message;
      if (trouble === undefined) logger.warn('rate-limits.alone', { reason });
      trouble = reason;
      return call(own);
    }
  }

  return {
    take: (key, bucket) => ask((store) => store.take(key, bucket)),
    giveBack: (key, bucket) => ask((store) => store.giveBack(key, bucket)),
    probe: {
      name: 'rate-limits',
      run: async () =>
        trouble === undefined
          ? { state: 'ok', detail: 'shared by all nodes' }
          : { state: 'degraded', detail: `each node counts by itself: ${trouble}` },
    },
  };
}
