/**
 * A token bucket as one number: the moment at which it is full again (the generic cell rate algorithm of ITU-T I.371).
 * Pure; times in milliseconds.
 */
export interface Bucket {
  /** So many at once. */
  readonly capacity: number;
  /** Within which an empty bucket fills. */
  readonly periodMs: number;
}

export interface BucketLevel {
  readonly admitted: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  readonly fullInMs: number;
  /** 0 when admitted. */
  readonly retryAfterMs: number;
}

export interface TakenToken extends BucketLevel {
  readonly fullAt: number;
}

export function takeToken(fullAt: number, now: number, bucket: Bucket): TakenToken {
  const from = Math.max(fullAt, now);
  const next = from + stepOf(bucket);
  const excess = next - now - bucket.periodMs;
  // Steps such as a third of a second add up inexactly.
  if (excess > 0.001) return { ...levelAt(from, now, bucket), admitted: false, retryAfterMs: excess };
  return { ...levelAt(next, now, bucket), admitted: true, retryAfterMs: 0 };
}

/** When the bucket is full after a token was put back. */
export function withTokenBack(fullAt: number, bucket: Bucket): number {
  return fullAt - stepOf(bucket);
}

/** The level of a bucket from the moment at which it is full. */
export function levelAt(fullAt: number, now: number, bucket: Bucket) {
  const fullInMs = Math.max(0, fullAt - now);
  const remaining = Math.max(0, Math.floor((bucket.periodMs - fullInMs + 0.001) / stepOf(bucket)));
  return { fullAt, fullInMs, remaining };
}

function stepOf({ capacity, periodMs }: Bucket): number {
  return periodMs / capacity;
}
