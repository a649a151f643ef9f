/** Kura's own backup: to every copy, then what need not be kept any more is forgotten. */
import type { BackupProgress, Vault } from '#engines/vault';
import { isKuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { isReachable } from '../register/observe-copies.ts';
import { openCopy } from '../register/open-copy.ts';
import { type Copy, isPaused, type Job } from '../register/protected-job.ts';
import { reasonOfError } from '../runs/reason-of.ts';
import { type JobRun, type JobWork, runJob } from '../runs/run-job.ts';
import { createTestPlans } from '../test-plans/test-plans.ts';
import { ensureOwnCopy } from './own-vault.ts';
import { kuraJob } from './recovery-rules.ts';

export type OwnBackupWork = Omit<JobWork<BackupProgress>, 'job'>;

/** Undefined while somebody has paused or archived the job. @throws KuraError as making the first copy. */
export async function backUpKura(
  context: BackupsContext,
  actor: Actor,
  work: OwnBackupWork,
): Promise<JobRun | undefined> {
  const job = await prepareOwnBackup(context, actor, work.signal);
  if (job.archivedAt !== null || isPaused(job, context.clock.now())) return undefined;
  const done = await runJob(context, actor, { ...work, job: kuraJob });
  const isKept = done.runs.some(({ result }) => result === 'success' || result === 'partial');
  // The last good one is never the price of a bad one.
  if (isKept) await inOwnVaults(context, { actor, job, signal: work.signal, action: 'backups.forget-own' }, forget);
  return done;
}

/** With the first copy come the tests that suit something everything depends on. */
export async function prepareOwnBackup(context: BackupsContext, actor: Actor, signal: AbortSignal): Promise<Job> {
  const job = await ensureOwnCopy(context, actor, signal);
  const plans = createTestPlans(context);
  if ((await plans.list(kuraJob)).length === 0) await plans.recommend(actor, kuraJob);
  return job;
}

/** Gives back the room of what was forgotten. */
export async function pruneOwnVaults(context: BackupsContext, actor: Actor, signal: AbortSignal): Promise<void> {
  const job = await prepareOwnBackup(context, actor, signal);
  await inOwnVaults(context, { actor, job, signal, action: 'backups.prune-own' }, async (vault) => {
    const { removed } = await prune(vault, signal);
    return removed;
  });
}

async function prune(vault: Vault, signal: AbortSignal): Promise<{ readonly removed: number }> {
  const done = await vault.prune({ signal });
  return { removed: done.removedObjects };
}

/** Of other jobs in the same vault nothing is touched: only what was made of this installation is counted. */
async function forget(vault: Vault, { context, signal }: Tending): Promise<number> {
  const { snapshots } = await vault.snapshots(signal);
  const newest = snapshots.findLast(({ tags }) => tags.includes(kuraJob));
  if (newest === undefined) return 0;
  const { host, source } = newest;
  const keep = context.recovery().keep;
  const { removed } = await vault.forget({ keep, host, source, timeZone: context.zone(), signal });
  return removed.length;
}

interface Tending {
  readonly context: BackupsContext;
  readonly signal: AbortSignal;
}

interface VaultWork {
  readonly actor: Actor;
  readonly job: Job;
  readonly signal: AbortSignal;
  /** What the audit log calls it. */
  readonly action: string;
}

/** One that cannot be reached or is append-only keeps what it has; what fails is on record and tried again next time. */
async function inOwnVaults(
  context: BackupsContext,
  { actor, job, signal, action }: VaultWork,
  work: (vault: Vault, tending: Tending) => Promise<number>,
): Promise<void> {
  if (job.legalHold !== null) return;
  for (const copy of job.copies) {
    if (copy.engine !== 'kura-vault' || isOutOfUse(copy) || !(await isReachable(copy, context.storages))) continue;
    const outcome = await attempt(context, copy, { signal, work });
    if (outcome === 0) continue;
    await context.unitOfWork.write(actor, async (tx) => {
      const subject = { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` };
      if (typeof outcome === 'number') await tx.audit({ action, subject, result: 'done', after: { removed: outcome } });
      else await tx.audit({ action, subject, level: 'warning', result: 'failed', after: { reason: outcome.code } });
    });
  }
}

async function attempt(
  context: BackupsContext,
  copy: Copy,
  {
    signal,
    work,
  }: { readonly signal: AbortSignal; readonly work: (vault: Vault, tending: Tending) => Promise<number> },
) {
  try {
    await using vault = await openCopy(copy, context, signal);
    return vault.appendOnly ? 0 : await work(vault, { context, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (isKuraError(error) && error.code === 'vault.append-only') return 0;
    return reasonOfError(error);
  }
}
