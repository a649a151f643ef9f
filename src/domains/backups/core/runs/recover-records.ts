/** Closes what a program that died has left open: at the next start, and before anything new begins. */
import { rm } from 'node:fs/promises';

import { nowInstant } from '#kernel/clock';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { endRun, openRuns } from '../../store/run-store.ts';
import { endVerification, openVerifications } from '../../store/verification-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { runFailed } from '../backups-events.ts';
import { requireJob } from '../register/find-registered.ts';
import { scratchOf } from '../verification/scratch.ts';
import type { Verification } from '../verification/verification-record.ts';
import { isAtWork, runnerName } from './copy-lock.ts';
import type { Run } from './run-record.ts';

/** Returns how many records were closed as interrupted. What the run had stored is kept and reused by the next one. */
export async function recoverRecords(context: BackupsContext, actor: Actor): Promise<number> {
  const reads = context.database.tables<BackupsTables>();
  const runner = runnerName(context);
  let closed = 0;
  for (const run of await openRuns(reads, runner)) {
    if (await isAtWork(context, run.copyId, 'run')) continue;
    const { title } = await requireJob(context, run.job);
    const changed = await context.unitOfWork.write(actor, (tx) => closeRun(context, tx, run, title));
    closed += changed ? 1 : 0;
  }
  for (const verification of await openVerifications(reads, runner)) {
    if (await isAtWork(context, verification.copyId, 'verification')) continue;
    await rm(scratchOf(context, verification.copyId), { recursive: true, force: true });
    const changed = await context.unitOfWork.write(actor, (tx) => closeVerification(context, tx, verification));
    closed += changed ? 1 : 0;
  }
  return closed;
}

async function closeRun(context: BackupsContext, tx: WriteTransaction, run: Run, title: string): Promise<boolean> {
  const error = { code: 'backups.run-died', params: { since: run.startedAt } };
  const { snapshot, files, bytes, newBytes, problems } = run;
  const counts = { snapshot, files, bytes, newBytes, problems };
  const end = { ...counts, result: 'interrupted' as const, error, endedAt: nowInstant(context.clock) };
  if (!(await endRun(tx.tables<BackupsTables>(), run.id, end))) return false;
  await tx.audit({
    action: 'backups.close-run',
    subject: { kind: 'backup-copy', id: run.copyId, name: `${run.job}/${run.copy}` },
    level: 'warning',
    result: 'failed',
  });
  tx.publish(runFailed, { job: run.job, title, copy: run.copy, copyId: run.copyId, runId: run.id, ...error });
  return true;
}

async function closeVerification(
  context: BackupsContext,
  tx: WriteTransaction,
  verification: Verification,
): Promise<boolean> {
  const { id, seconds, snapshot, objects, bytes, errors, findings, startedAt } = verification;
  return endVerification(tx.tables<BackupsTables>(), id, {
    result: 'interrupted',
    endedAt: nowInstant(context.clock),
    error: { code: 'backups.run-died', params: { since: startedAt } },
    seconds,
    snapshot,
    objects,
    bytes,
    errors,
    findings,
  });
}
