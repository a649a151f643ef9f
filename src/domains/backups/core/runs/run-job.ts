/** A job's backups to every copy that can be reached, one after another. */
import type { BackupProgress } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { requireLive } from '../register/change-job.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { backUpCopy, whySkipped } from './back-up-copy.ts';
import { recoverRecords } from './recover-records.ts';
import type { Run, SkippedRun } from './run-record.ts';

export interface JobWork<Progress> {
  readonly job: string;
  /** Name of the only copy to work on. */
  readonly copy?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((copy: Copy, progress: Progress) => void) | undefined;
}

export interface JobRun {
  readonly job: string;
  readonly runs: readonly Run[];
  readonly skipped: readonly SkippedRun[];
}

/**
 * Failures of single copies are part of the answer.
 * @throws KuraError `backups.job-not-found`, `backups.job-archived`, `backups.no-copies`.
 */
export async function runJob(context: BackupsContext, actor: Actor, work: JobWork<BackupProgress>): Promise<JobRun> {
  const { signal, onProgress } = work;
  await recoverRecords(context, actor);
  const { job, copies } = await chosenCopies(context, work);
  requireLive(job);
  const runs: Run[] = [];
  const skipped: SkippedRun[] = [];
  for (const copy of copies) {
    const reason = await whySkipped(copy, context);
    if (reason !== undefined) {
      skipped.push({ copy: copy.name, reason });
      continue;
    }
    const report = onProgress === undefined ? undefined : (progress: BackupProgress) => onProgress(copy, progress);
    runs.push(await backUpCopy(context, { actor, job, copy, signal, onProgress: report }));
  }
  return { job: job.key, runs, skipped };
}

export async function chosenCopies(
  context: BackupsContext,
  { job: key, copy }: { readonly job: string; readonly copy?: string | undefined },
): Promise<{ readonly job: Job; readonly copies: readonly Copy[] }> {
  const job = await requireJob(context, key);
  if (job.copies.length === 0) throw new KuraError('invalid', 'backups.no-copies', { params: { job: key } });
  return { job, copies: copy === undefined ? job.copies : [requireCopy(job, copy)] };
}
