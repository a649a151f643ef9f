/** The register: what is protected, and where its copies lie. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { NewCopy, NewJob, RecordableState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { insertJobCommand } from '../../store/job-command-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findJobs, insertCopy, insertJob, isTaken, updateMedium } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { mediaFacts } from '../media/media-facts.ts';
import { requirePolicy } from '../policies/find-policy.ts';
import { requireProvider } from '../providers/find-provider.ts';
import { isStreamSource, requireStreamSource } from '../sources/job-source.ts';
import { moveSource } from './change-job.ts';
import { changeRegister } from './change-register.ts';
import { describeCopy } from './describe-copy.ts';
import { requireCopy, requireJob } from './find-registered.ts';
import { isReachable } from './observe-copies.ts';
import type { Copy, Job } from './protected-job.ts';
import { requireAbsolute, requireFolder } from './require-place.ts';

export async function protect(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  await requireSource(context, wanted);
  if (typeof wanted.policy === 'string') await requirePolicy(context, wanted.policy);
  try {
    return await register(context, actor, wanted);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.job-exists', { params: { job: wanted.key }, cause: error });
  }
}

/** What lies on another machine cannot be looked for from here. */
export async function requireSource(
  context: BackupsContext,
  { source, target, command }: Pick<NewJob, 'source' | 'target' | 'command'>,
): Promise<void> {
  if (target !== undefined) return;
  if (isStreamSource(source)) return await requireStreamSource(context, source, { words: command ?? [] });
  requireAbsolute(source);
  await requireFolder(source);
}

/** For jobs that Kura itself sets up: made when missing, moved along when its folder moved, else left as people set it. */
export async function ensureJob(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  if (!isStreamSource(wanted.source)) requireAbsolute(wanted.source);
  const [existing] = await findJobs(context.database.tables<BackupsTables>(), [wanted.key]);
  if (existing === undefined) return registerUnlessThere(context, actor, wanted);
  return existing.source === wanted.source
    ? existing
    : moveSource(context, actor, wanted.key, { source: wanted.source });
}

/** Two processes that start together both find it missing. */
async function registerUnlessThere(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  try {
    return await register(context, actor, wanted);
  } catch (error) {
    if (!isTaken(error)) throw error;
    return requireJob(context, wanted.key);
  }
}

export async function addCopy(context: BackupsContext, actor: Actor, key: string, wanted: NewCopy): Promise<Copy> {
  const job = await requireJob(context, key);
  if (wanted.provider !== undefined) await requireProvider(context, wanted.provider);
  const copy = await describeCopy(context, job, wanted);
  try {
    await changeRegister(context, actor, { ...job, copies: [...job.copies, copy] }, async (tx) => {
      await insertCopy(tx.tables<BackupsTables>(), copy);
      await auditNewCopy(tx, copy);
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const params = { job: key, copy: copy.name, repository: copy.repository };
    throw new KuraError('conflict', 'backups.copy-exists', { params, cause: error });
  }
  return copy;
}

export async function auditNewCopy(tx: WriteTransaction, copy: Copy): Promise<void> {
  const { id, job, name, repository, site, media, connectivity, engine } = copy;
  const subject = { kind: 'backup-copy', id, name: `${job}/${name}` };
  const after = { repository, site, media, connectivity, engine };
  await tx.audit({ action: 'backups.add-copy', subject, result: 'done', after });
}

/** What can be seen is not recorded: a medium that is connected cannot be stored somewhere as well. */
export async function recordMedium(
  context: BackupsContext,
  actor: Actor,
  place: { readonly job: string; readonly copy: string },
  state: RecordableState,
): Promise<Copy> {
  const job = await requireJob(context, place.job);
  const copy = requireCopy(job, place.copy);
  await requireNoInventory(context, copy);
  const elsewhere = state === 'stored' || state === 'in-transit' || state === 'on-loan' || state === 'lost';
  if (elsewhere && (await isReachable(copy, context.storages))) {
    const params = { copy: copy.name, repository: copy.repository, state };
    throw new KuraError('conflict', 'backups.medium-connected', { params });
  }
  const at = nowInstant(context.clock);
  await changeRegister(context, actor, job, async (tx) => {
    await updateMedium(tx.tables<BackupsTables>(), copy.id, state, at);
    const subject = { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` };
    const before = { mediumState: copy.mediumState };
    await tx.audit({ action: 'backups.record-medium', subject, result: 'done', before, after: { mediumState: state } });
  });
  return { ...copy, mediumState: state, mediumStateAt: at };
}

/** Where an inventoried medium is, is said once, there. @throws KuraError conflict `backups.medium-in-inventory`. */
async function requireNoInventory({ database }: BackupsContext, copy: Copy): Promise<void> {
  const label = (await mediaFacts(database.tables<MediaTables>(), [copy])).get(copy.id)?.label;
  if (label === undefined) return;
  throw new KuraError('conflict', 'backups.medium-in-inventory', { params: { copy: copy.name, label } });
}

async function register(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  const job = newJob(wanted, actor, nowInstant(context.clock));
  await changeRegister(context, actor, job, async (tx) => {
    await insertJob(tx.tables<BackupsTables>(), job);
    await insertCommand(tx, wanted);
    await auditNewJob(tx, job);
  });
  return job;
}

/** Of a job whose source is the output of a program. */
export async function insertCommand(tx: WriteTransaction, { key, command, warnExitCodes }: NewJob): Promise<void> {
  if (command === undefined || command.length === 0) return;
  await insertJobCommand(tx.tables<BackupsTables>(), key, { words: command, warnExitCodes: warnExitCodes ?? [] });
}

/** Whoever registers it answers for it unless somebody else is named, or nobody (null). */
export function newJob(wanted: NewJob, actor: Actor, at: string): Job {
  return {
    key: wanted.key,
    title: wanted.title ?? wanted.key,
    source: wanted.source,
    target: wanted.target ?? null,
    site: wanted.site,
    everyHours: wanted.everyHours,
    verifyEveryDays: wanted.verifyEveryDays,
    active: true,
    createdAt: at,
    copies: [],
    kind: wanted.kind ?? 'files',
    description: wanted.description ?? '',
    owner: wanted.owner === undefined && actor.kind === 'user' ? actor.name : (wanted.owner ?? null),
    criticality: wanted.criticality ?? 'normal',
    dataClass: wanted.dataClass ?? null,
    tags: wanted.tags ?? [],
    rpoMinutes: wanted.rpoMinutes ?? null,
    rtoMinutes: wanted.rtoMinutes ?? null,
    retentionDays: wanted.retentionDays ?? null,
    policy: wanted.policy ?? null,
    pausedUntil: null,
    pauseReason: null,
    archivedAt: null,
    archiveReason: null,
    legalHold: null,
    updatedAt: at,
  };
}

export async function auditNewJob(tx: WriteTransaction, { key, title, source, site, everyHours }: Job): Promise<void> {
  const subject = { kind: 'backup-job', id: key, name: title };
  await tx.audit({ action: 'backups.protect-folder', subject, result: 'done', after: { source, site, everyHours } });
}
