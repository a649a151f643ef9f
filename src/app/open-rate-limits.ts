/** Rate limits of a server: shared by all nodes where Redis is configured, else its own. */
import type { Probe } from '#platform/health';
import { createMemoryBuckets, createRateLimits, createSharedBuckets, type RateLimits } from '#platform/rate-limits';

import type { Platform } from './open-platform.ts';

export interface OpenedRateLimits {
  readonly limits: RateLimits;
  readonly probes: readonly Probe[];
}

export async function openRateLimits(platform: Platform, stack: AsyncDisposableStack): Promise<OpenedRateLimits> {
  const { clock, logger, settings, role } = platform;
  const own = createMemoryBuckets(clock);
  const { url } = settings.loaded().config.redis;
  // Commands that are no server limit nobody and should not wait for what they do not use.
  if (url === undefined || role !== 'serve') return { limits: createRateLimits(own, limitsNow), probes: [] };
  const { connectRedisBuckets } = await import('#adapters/redis-buckets');
  const redis = stack.use(
    connectRedisBuckets({ url, reportError: (error) => logger.debug('redis.unreachable', { reason: String(error) }) }),
  );
  const shared = createSharedBuckets({ shared: redis, own, clock, logger });
  return { limits: createRateLimits(shared, limitsNow), probes: [shared.probe] };

  function limitsNow() {
    return settings.loaded().config.limits;
  }
}
