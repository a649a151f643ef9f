import type { JobStatusView } from '#backups/contract';

/** Whether a run or a verification of any copy is under way. */
export function isBusy(job: JobStatusView): boolean {
  return job.copies.some(
    ({ lastRun, lastVerification }) => lastRun?.result === 'running' || lastVerification?.result === 'running',
  );
}
