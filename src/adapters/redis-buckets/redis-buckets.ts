/** Buckets in Redis, by Redis's own clock: nodes need not agree on the time, and one step there is one for all. */
import { createClient } from '@redis/client';

import { KuraError } from '#kernel/errors';
import type { Bucket, BucketLevel, BucketStore } from '#platform/rate-limits';

export interface RedisBucketsOptions {
  /** `redis://…` or `rediss://…`; the number after the slash chooses the database. */
  readonly url: string;
  readonly reportError: (error: unknown) => void;
  /** A request waits no longer for an answer; 250 unless said otherwise. */
  readonly patienceMs?: number;
}

export interface RedisBuckets extends BucketStore, AsyncDisposable {}

/** As `takeToken`, in one atomic step. Keys live as long as the bucket is not full. */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local period = tonumber(ARGV[2])
local step = period / tonumber(ARGV[1])
local from = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local next = from + tonumber(ARGV[3]) * step
local excess = next - now - period
if ARGV[3] == '1' and excess > 0.001 then
  return { '0', string.format('%.3f', from - now), string.format('%.3f', excess) }
end
if next > now then
  redis.call('SET', KEYS[1], string.format('%.3f', next), 'PX', math.ceil(next - now))
else
  redis.call('DEL', KEYS[1])
end
return { '1', string.format('%.3f', math.max(0, next - now)), '0' }
`;

/** Connects in the background and for as long as it takes: whoever asks before then is refused, not kept waiting. */
export function connectRedisBuckets({ url, reportError, patienceMs = 250 }: RedisBucketsOptions): RedisBuckets {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 5000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 5000) },
  });
  client.on('error', reportError);
  // What it fails with was heard as an event.
  client.connect().catch(() => undefined);

  async function step(key: string, bucket: Bucket, by: 1 | -1): Promise<BucketLevel> {
    const asked = client.eval(script, {
      keys: [`kura:rate:${key}`],
      arguments: [String(bucket.capacity), String(bucket.periodMs), String(by)],
    });
    return readLevel(await within(patienceMs, asked), bucket);
  }

  return {
    take: (key, bucket) => step(key, bucket, 1),
    giveBack: async (key, bucket) => void (await step(key, bucket, -1)),
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
}

function readLevel(answer: unknown, { capacity, periodMs }: Bucket): BucketLevel {
  const [admitted, fullInMs = Number.NaN, retryAfterMs = Number.NaN] = Array.isArray(answer) ? answer.map(Number) : [];
  if (Number.isNaN(fullInMs) || Number.isNaN(retryAfterMs)) {
    throw new KuraError('unavailable', 'kernel.unexpected', { params: { reason: 'Redis answered something else' } });
  }
  const remaining = Math.max(0, Math.floor(((periodMs - fullInMs + 0.01) * capacity) / periodMs));
  return { admitted: admitted === 1, fullInMs, retryAfterMs, remaining };
}

async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Redis did not answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
