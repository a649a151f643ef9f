/** Rate limits: token buckets per credential and per address. */
export type { BucketStore } from './bucket-store.ts';
export { createMemoryBuckets } from './memory-buckets.ts';
export { type Charged, createRateLimits, type LimitedClass, type RateLimits } from './rate-limits.ts';
export { createSharedBuckets, type SharedBuckets } from './shared-buckets.ts';
export { type Bucket, type BucketLevel, levelAt, takeToken } from './token-bucket.ts';
