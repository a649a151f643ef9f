/** What one drill is asked to do. */
import type { Actor } from '#platform/unit-of-work';

import type { ContentChecks } from '../../contract/index.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { VerificationProgress } from '../verification/examination.ts';
import type { Drill } from './drill-record.ts';

export interface DrillOptions {
  /** How many files `partial` and `comparison` look at. */
  readonly files: number;
  readonly seed?: string | undefined;
  readonly checks: ContentChecks;
  readonly rtoTargetSeconds: number | null;
  readonly rpoTargetSeconds: number | null;
}

export interface DrillWork {
  readonly actor: Actor;
  readonly job: Job;
  readonly copy: Copy;
  readonly drill: Drill;
  readonly options: DrillOptions;
  readonly signal: AbortSignal;
  readonly report: (progress: VerificationProgress) => void;
}
