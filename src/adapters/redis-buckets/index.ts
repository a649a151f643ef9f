/** Rate limits that several nodes share, in Redis. */
export { connectRedisBuckets, type RedisBuckets, type RedisBucketsOptions } from './redis-buckets.ts';
