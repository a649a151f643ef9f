/** Who may ask how often (P-051). */
import { HOUR, MINUTE, SECOND } from '#kernel/units';
import type { Config } from '#platform/config';
import type { RateClass } from '#platform/contract';

import type { BucketStore } from './bucket-store.ts';
import type { Bucket, BucketLevel } from './token-bucket.ts';

export type LimitedClass = Exclude<RateClass, 'none'>;

export interface Charged extends BucketLevel {
  /** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). */
  readonly headers: Readonly<Record<string, string>>;
  /** The request shall not count after all. */
  giveBack(): Promise<void>;
}

export interface RateLimits {
  /** @param who names a credential or an address */
  charge(rateClass: LimitedClass, who: string): Promise<Charged>;
}

export function createRateLimits(store: BucketStore, settings: () => Config['limits']): RateLimits {
  return {
    async charge(rateClass, who) {
      const bucket = bucketsOf(settings())[rateClass];
      const key = `${rateClass}:${who}`;
      const level = await store.take(key, bucket);
      return { ...level, headers: headersOf(rateClass, bucket, level), giveBack: () => store.giveBack(key, bucket) };
    },
  };
}

/** What a class allows at these settings. */
export function bucketsOf(limits: Config['limits']): Readonly<Record<LimitedClass, Bucket>> {
  return {
    api: { capacity: limits.apiPerMinute, periodMs: MINUTE },
    login: { capacity: limits.loginPerMinute, periodMs: MINUTE },
    'password-reset': { capacity: limits.passwordResetPerHour, periodMs: HOUR },
    upload: { capacity: limits.uploadsPerHour, periodMs: HOUR },
    reports: { capacity: limits.reportsPerHour, periodMs: HOUR },
    ingest: { capacity: limits.ingestPerHour, periodMs: HOUR },
  };
}

function headersOf(rateClass: LimitedClass, { capacity, periodMs }: Bucket, { remaining, fullInMs }: BucketLevel) {
  return {
    'ratelimit-policy': `"${rateClass}";q=${capacity};w=${periodMs / SECOND}`,
    ratelimit: `"${rateClass}";r=${remaining};t=${Math.ceil(fullInMs / SECOND)}`,
  };
}
