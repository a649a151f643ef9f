/** Changes of what is registered: facts, pauses, holds, the archive; each with its verdict, and nothing deleted. */

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { CopyChange, JobChange, JobMove } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { beginPause, moveEnd } from '../../store/pause-store.ts';
import { isTaken, updateCopy, updateJob } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { jobArchived } from '../backups-events.ts';
import { requireSettings } from '../engines/describe-engine-copy.ts';
import { toolOf } from '../engines/tool-of.ts';
import { requirePolicy } from '../policies/find-policy.ts';
import { requireProvider } from '../providers/find-provider.ts';
import { isStreamSource, requireStreamSource } from '../sources/job-source.ts';
import { changeRegister } from './change-register.ts';
import { requireCopy, requireJob } from './find-registered.ts';
import { type Copy, isPaused, type Job } from './protected-job.ts';
import { requireAbsolute } from './require-place.ts';

/** @throws KuraError `backups.job-not-found`, `backups.policy-not-found`, `backups.job-held`, `backups.job-archived`. */
export async function changeJob(context: BackupsContext, actor: Actor, key: string, change: JobChange): Promise<Job> {
  const before = await requireJob(context, key);
  requireLive(before);
  if (typeof change.policy === 'string') await requirePolicy(context, change.policy);
  requireUnheld(before, change);
  const present = withoutUndefined(change);
  // A pause that is over, or that somebody ended, has no reason any more.
  const resumed = change.active === true ? { pausedUntil: null, pauseReason: null } : {};
  return await replace({ context, actor, action: 'backups.change-job' }, before, { ...before, ...resumed, ...present });
}

/** The folder moved, or the machine it is on. @throws KuraError as `changeJob`, `backups.path-not-absolute`. */
export async function moveSource(context: BackupsContext, actor: Actor, key: string, move: JobMove): Promise<Job> {
  const before = await requireJob(context, key);
  requireLive(before);
  const target = move.target === undefined ? before.target : move.target;
  if (target === null) {
    if (isStreamSource(move.source)) await requireStreamSource(context, move.source, { words: [] });
    else requireAbsolute(move.source);
  }
  const after = { ...before, source: move.source, target, site: move.site ?? before.site };
  return await replace({ context, actor, action: 'backups.move-source' }, before, after);
}

/** @param reason Null lifts the hold. */
export async function holdJob(context: BackupsContext, actor: Actor, key: string, reason: string | null): Promise<Job> {
  const before = await requireJob(context, key);
  return await replace({ context, actor, action: 'backups.hold-job' }, before, { ...before, legalHold: reason });
}

/** Its history stays; it is neither run nor judged any more. @throws KuraError `backups.job-held`. */
export async function archiveJob(context: BackupsContext, actor: Actor, key: string, reason: string): Promise<Job> {
  const before = await requireJob(context, key);
  requireFree(before);
  const after = { ...before, archivedAt: before.archivedAt ?? nowInstant(context.clock), archiveReason: reason };
  return await replace({ context, actor, action: 'backups.archive-job' }, before, after);
}

/** Paused at first, so that somebody looks before it runs again. */
export async function unarchiveJob(context: BackupsContext, actor: Actor, key: string): Promise<Job> {
  const before = await requireJob(context, key);
  const after = { ...before, archivedAt: null, archiveReason: null, active: false };
  return await replace({ context, actor, action: 'backups.unarchive-job' }, before, after);
}

/**
 * @throws KuraError `backups.copy-not-found`, `backups.provider-not-found`, `backups.copy-exists`, `backups.job-held`,
 * invalid `backups.engine-settings`, `backups.engine-no-replica`.
 */
export async function changeCopy(
  context: BackupsContext,
  actor: Actor,
  place: { readonly job: string; readonly copy: string },
  change: CopyChange,
): Promise<Copy> {
  const job = await requireJob(context, place.job);
  const before = requireCopy(job, place.copy);
  if (typeof change.provider === 'string') await requireProvider(context, change.provider);
  if (change.enabled === false && job.legalHold !== null) throw held(job);
  const tool = toolOf(before);
  if (change.engineSettings !== undefined && tool !== undefined) {
    const { replicaOf } = requireSettings(job, tool, change.engineSettings);
    if (replicaOf === before.name) {
      throw new KuraError('invalid', 'backups.engine-no-replica', { params: { tool, copy: replicaOf } });
    }
  }
  const present = withoutUndefined(change);
  const copy: Copy = { ...before, ...present };
  const after = { ...copy, connectivity: copy.rotationDays === null ? ('online' as const) : ('offline' as const) };
  try {
    await changeRegister(context, actor, job, async (tx) => {
      await updateCopy(tx.tables<BackupsTables>(), before, after);
      const subject = { kind: 'backup-copy', id: after.id, name: `${job.key}/${after.name}` };
      const changed = differences(before, after);
      await tx.audit({ action: 'backups.change-copy', subject, result: 'done', ...changed });
      if (after.name !== before.name) await renameOrigin(tx, job, { from: before.name, to: after.name });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const params = { job: job.key, copy: after.name, repository: after.repository };
    throw new KuraError('conflict', 'backups.copy-exists', { params, cause: error });
  }
  return after;
}

/** Copies that are made from another one name it. */
async function renameOrigin(
  tx: WriteTransaction,
  { copies }: Job,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  for (const copy of copies) {
    if (copy.engineSettings['replicaOf'] !== from) continue;
    const engineSettings = { ...copy.engineSettings, replicaOf: to };
    await updateCopy(tx.tables<BackupsTables>(), copy, { ...copy, engineSettings });
  }
}

/** @param action What the audit log calls it. */
async function replace(
  { context, actor, action }: { readonly context: BackupsContext; readonly actor: Actor; readonly action: string },
  before: Job,
  wanted: Job,
): Promise<Job> {
  const after = { ...wanted, updatedAt: nowInstant(context.clock) };
  await changeRegister(context, actor, before, async (tx) => {
    await updateJob(tx.tables<BackupsTables>(), before, after);
    await notePause(tx, before, after);
    if (before.archivedAt === null && after.archivedAt !== null) {
      tx.publish(jobArchived, { job: after.key, title: after.title });
    }
    const subject = { kind: 'backup-job', id: before.key, name: after.title };
    await tx.audit({ action, subject, result: 'done', ...differences(before, after) });
  });
  return after;
}

/** What is due while a job is paused counts for nothing later. */
async function notePause(tx: WriteTransaction, before: Job, after: Job): Promise<void> {
  const tables = tx.tables<BackupsTables>();
  const { key: job, updatedAt: now, active, pausedUntil } = after;
  const [was, is] = [before, after].map((one) => isPaused(one, Date.parse(now)));
  const until = active ? pausedUntil : null;
  if (was === true) await moveEnd(tables, { job, now, until: is === true ? until : now });
  else if (is === true) await beginPause(tables, { job, from: now, until });
}

/** What the audit log keeps: only what changed, as it was and as it is. */
function differences<Thing extends Job | Copy>(before: Thing, after: Thing) {
  const was = new Map(Object.entries(before));
  const changed = Object.entries(after).filter(
    ([name, value]) => name !== 'copies' && JSON.stringify(was.get(name)) !== JSON.stringify(value),
  );
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, was.get(name)])),
    after: Object.fromEntries(changed),
  };
}

/** @throws KuraError conflict `backups.job-archived`. */
export function requireLive(job: Job): void {
  if (job.archivedAt === null) return;
  throw new KuraError('conflict', 'backups.job-archived', { params: { job: job.key } });
}

/** @throws KuraError conflict `backups.job-held`. */
export function requireFree(job: Job): void {
  if (job.legalHold !== null) throw held(job);
}

/** Nothing that is held may be kept for a shorter time. @throws KuraError conflict `backups.job-held`. */
export function requireUnheld(job: Job, { retentionDays, policy }: Pick<JobChange, 'retentionDays' | 'policy'>): void {
  if (job.legalHold === null) return;
  const shorter =
    retentionDays !== undefined &&
    retentionDays !== null &&
    (job.retentionDays === null || retentionDays < job.retentionDays);
  if (shorter || (policy !== undefined && policy !== job.policy)) throw held(job);
}

function held({ key, legalHold }: Job): KuraError {
  return new KuraError('conflict', 'backups.job-held', { params: { job: key, reason: legalHold ?? '' } });
}
