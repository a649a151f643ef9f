import { MINUTE, SECOND } from '#kernel/units';

import type { Job } from '../register/protected-job.ts';
import type { DrillOptions } from './drill-work.ts';

/** What was promised for the job; null where nothing was. */
export function goalsOf({
  rtoMinutes,
  rpoMinutes,
}: Pick<Job, 'rtoMinutes' | 'rpoMinutes'>): Pick<DrillOptions, 'rtoTargetSeconds' | 'rpoTargetSeconds'> {
  return { rtoTargetSeconds: seconds(rtoMinutes), rpoTargetSeconds: seconds(rpoMinutes) };
}

function seconds(minutes: number | null): number | null {
  return minutes === null ? null : (minutes * MINUTE) / SECOND;
}
