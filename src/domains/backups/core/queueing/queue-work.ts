/** Hands work on copies to the queue. */
import { KuraError } from '#kernel/errors';
import { HOUR } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { VerificationKind } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { requireLive } from '../register/change-job.ts';
import type { Job } from '../register/protected-job.ts';
import { chosenCopies } from '../runs/run-job.ts';
import { runCopyJob, sweepVerdictsJob, verifyCopyJob } from './job-kinds.ts';

export interface QueuedWork {
  readonly job: string;
  readonly queued: ReadonlyArray<{ readonly copy: string; readonly jobId: string }>;
}

/** @throws KuraError `backups.job-not-found`, `backups.job-archived`, `backups.no-copies`. */
export async function queueRun(context: BackupsContext, actor: Actor, key: string): Promise<QueuedWork> {
  const { job, names } = await copiesInUse(context, key);
  return context.unitOfWork.write(actor, async (tx) => {
    const queued = [];
    for (const copy of names) {
      const { id } = await tx.enqueue(runCopyJob, { job: key, copy });
      queued.push({ copy, jobId: id });
    }
    await tx.audit({ action: 'backups.start-run', subject: subjectOf(job), result: 'done', after: { copies: names } });
    return { job: key, queued };
  });
}

/** @throws KuraError `backups.job-not-found`, `backups.job-archived`, `backups.no-copies`. */
export async function queueVerification(
  context: BackupsContext,
  actor: Actor,
  key: string,
  kind: VerificationKind,
): Promise<QueuedWork> {
  const { job, names } = await copiesInUse(context, key);
  return context.unitOfWork.write(actor, async (tx) => {
    const queued = [];
    for (const copy of names) {
      const { id } = await tx.enqueue(verifyCopyJob, { job: key, copy, kind });
      queued.push({ copy, jobId: id });
    }
    const after = { copies: names, kind };
    await tx.audit({ action: 'backups.start-verification', subject: subjectOf(job), result: 'done', after });
    return { job: key, queued };
  });
}

/** The sweep of this hour, or of the next; the same again changes nothing. */
export async function queueSweep(context: BackupsContext, actor: Actor, which: 'this' | 'next'): Promise<void> {
  const now = context.clock.now();
  const hour = Math.floor(now / HOUR) + (which === 'this' ? 0 : 1);
  const delayMs = Math.max(0, hour * HOUR - now);
  await context.unitOfWork.write(actor, async (tx) => {
    await tx.enqueue(sweepVerdictsJob, { hour }, { delayMs, idempotencyKey: String(hour) });
  });
}

async function copiesInUse(context: BackupsContext, key: string) {
  const { job, copies } = await chosenCopies(context, { job: key });
  requireLive(job);
  const names = copies.filter((copy) => !isOutOfUse(copy) && copy.engine !== 'reported').map(({ name }) => name);
  if (names.length === 0) throw new KuraError('invalid', 'backups.no-copies', { params: { job: key } });
  return { job, names };
}

function subjectOf({ key, title }: Job) {
  return { kind: 'backup-job', id: key, name: title };
}
