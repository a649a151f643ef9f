/** Verifications and restore tests of a job's copies, one after another. */
import type { Actor } from '#platform/unit-of-work';

import type { VerificationKind } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { examineEngineCopy } from '../engines/examine-engine-copy.ts';
import { toolOf } from '../engines/tool-of.ts';
import { openCopy } from '../register/open-copy.ts';
import type { Copy } from '../register/protected-job.ts';
import { whySkipped } from '../runs/back-up-copy.ts';
import { recoverRecords } from '../runs/recover-records.ts';
import { chosenCopies, type JobWork } from '../runs/run-job.ts';
import type { SkippedRun } from '../runs/run-record.ts';
import type { VerificationProgress } from './examination.ts';
import { examineRepository } from './examine-repository.ts';
import { examineRestore } from './examine-restore.ts';
import type { Verification } from './verification-record.ts';
import { type VerifyCopy, verifyCopy } from './verify-copy.ts';

export interface VerifyJob extends JobWork<VerificationProgress> {
  readonly kind: VerificationKind;
}

export interface JobVerification {
  readonly job: string;
  readonly verifications: readonly Verification[];
  readonly skipped: readonly SkippedRun[];
}

/** What is found is part of the answer. @throws KuraError `backups.job-not-found`, `backups.no-copies`. */
export async function verifyJob(context: BackupsContext, actor: Actor, work: VerifyJob): Promise<JobVerification> {
  const { kind, signal } = work;
  await recoverRecords(context, actor);
  const { job, copies } = await chosenCopies(context, work);
  const verifications: Verification[] = [];
  const skipped: SkippedRun[] = [];
  for (const copy of copies) {
    const reason = await whySkipped(copy, context);
    if (reason === undefined) {
      const examine = examination(context, copy, work);
      verifications.push(await verifyCopy(context, { actor, job, copy, kind, signal, examine }));
    } else {
      skipped.push({ copy: copy.name, reason });
    }
  }
  return { job: job.key, verifications, skipped };
}

function examination(context: BackupsContext, copy: Copy, { kind, onProgress }: VerifyJob): VerifyCopy['examine'] {
  const report = onProgress === undefined ? undefined : (progress: VerificationProgress) => onProgress(copy, progress);
  return async (signal) => {
    if (toolOf(copy) !== undefined) return await examineEngineCopy(context, { copy, kind, signal, report });
    await using vault = await openCopy(copy, context, signal);
    return kind === 'restore'
      ? await examineRestore(context, { vault, job: copy.job, copyId: copy.id, signal, report })
      : await examineRepository(vault, { readData: kind === 'data', signal, report });
  };
}
