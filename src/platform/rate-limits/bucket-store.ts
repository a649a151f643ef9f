/** Where buckets are kept: in this process, or where several nodes see them. */
import type { Bucket, BucketLevel } from './token-bucket.ts';

export interface BucketStore {
  take(key: string, bucket: Bucket): Promise<BucketLevel>;
  /** Puts back what was taken. */
  giveBack(key: string, bucket: Bucket): Promise<void>;
}
