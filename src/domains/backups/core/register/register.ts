/** The register: what is protected, and where its copies lie. */
import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { NewCopy, NewJob, RecordableState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  findJobs,
  insertCopy,
  insertJob,
  isTaken,
  type JobChange,
  updateJob,
  updateMedium,
} from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { openLocalVault } from '../vaults/open-local-vault.ts';
import { readPassphrase } from '../vaults/read-passphrase.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { requireCopy, requireJob } from './find-registered.ts';
import { isReachable, observeCopies } from './observe-copies.ts';
import type { Copy, Job } from './protected-job.ts';
import { repositoryIdentity } from './repository-identity.ts';

export async function protect(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  requireAbsolute(wanted.source);
  await requireFolder(wanted.source);
  try {
    return await register(context, actor, wanted);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.job-exists', { params: { job: wanted.key }, cause: error });
  }
}

/** For jobs that Kura itself sets up: made when missing, moved along when its folder moved, else left as people set it. */
export async function ensureJob(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  requireAbsolute(wanted.source);
  const [existing] = await findJobs(context.database.tables<BackupsTables>(), [wanted.key]);
  if (existing === undefined) return registerUnlessThere(context, actor, wanted);
  return existing.source === wanted.source
    ? existing
    : changeJob(context, actor, wanted.key, { source: wanted.source });
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

export async function changeJob(context: BackupsContext, actor: Actor, key: string, change: JobChange): Promise<Job> {
  const before = await requireJob(context, key);
  await changing(context, actor, before, async (tx) => {
    await updateJob(tx.tables<BackupsTables>(), key, change);
    const { active, source } = before;
    const subject = { kind: 'backup-job', id: key, name: before.title };
    const after = { ...change };
    await tx.audit({ action: 'backups.change-job', subject, result: 'done', before: { active, source }, after });
  });
  return requireJob(context, key);
}

export async function addCopy(context: BackupsContext, actor: Actor, key: string, wanted: NewCopy): Promise<Copy> {
  const job = await requireJob(context, key);
  const copy = await describeCopy(context, job, wanted);
  try {
    await changing(context, actor, { ...job, copies: [...job.copies, copy] }, async (tx) => {
      await insertCopy(tx.tables<BackupsTables>(), copy);
      const { id, name, repository, site, media, connectivity } = copy;
      const subject = { kind: 'backup-copy', id, name: `${key}/${name}` };
      const after = { repository, site, media, connectivity };
      await tx.audit({ action: 'backups.add-copy', subject, result: 'done', after });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const params = { job: key, copy: copy.name, repository: copy.repository };
    throw new KuraError('conflict', 'backups.copy-exists', { params, cause: error });
  }
  return copy;
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
  const elsewhere = state === 'stored' || state === 'in-transit' || state === 'on-loan' || state === 'lost';
  if (elsewhere && (await isReachable(copy))) {
    const params = { copy: copy.name, repository: copy.repository, state };
    throw new KuraError('conflict', 'backups.medium-connected', { params });
  }
  const at = nowInstant(context.clock);
  await changing(context, actor, job, async (tx) => {
    await updateMedium(tx.tables<BackupsTables>(), copy.id, state, at);
    const subject = { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` };
    const before = { mediumState: copy.mediumState };
    await tx.audit({ action: 'backups.record-medium', subject, result: 'done', before, after: { mediumState: state } });
  });
  return { ...copy, mediumState: state, mediumStateAt: at };
}

async function register(context: BackupsContext, actor: Actor, wanted: NewJob): Promise<Job> {
  const createdAt = nowInstant(context.clock);
  const { key, source, site, everyHours, verifyEveryDays } = wanted;
  const title = wanted.title ?? key;
  const job: Job = { key, title, source, site, everyHours, verifyEveryDays, active: true, createdAt, copies: [] };
  await changing(context, actor, job, async (tx) => {
    await insertJob(tx.tables<BackupsTables>(), job);
    const subject = { kind: 'backup-job', id: key, name: title };
    await tx.audit({ action: 'backups.protect-folder', subject, result: 'done', after: { source, site, everyHours } });
  });
  return job;
}

/** A change of the register, and the verdict that follows from it, at once. */
async function changing(
  context: BackupsContext,
  actor: Actor,
  job: Job,
  change: (tx: WriteTransaction) => Promise<void>,
): Promise<void> {
  const observations = await observeCopies(job.copies);
  await context.unitOfWork.write(actor, async (tx) => {
    await change(tx);
    await updateVerdict(context, tx, job.key, observations);
  });
}

/** Opens the vault once: a wrong path or passphrase shows now and not at the first backup in the night. */
async function describeCopy(context: BackupsContext, job: Job, wanted: NewCopy): Promise<Copy> {
  requireAbsolute(wanted.repository);
  if (wanted.passphraseFile !== undefined) requireAbsolute(wanted.passphraseFile);
  const repository = await realpath(wanted.repository).catch(() => wanted.repository);
  const vault = await openNewVault(context, repository, wanted);
  const now = nowInstant(context.clock);
  return {
    id: context.ids.next(),
    job: job.key,
    name: wanted.name ?? freeName(job, basename(repository)),
    repository,
    ...vault,
    role: wanted.role ?? (job.copies.length === 0 ? 'primary' : 'secondary'),
    site: wanted.site,
    media: wanted.media,
    connectivity: wanted.offline ? 'offline' : 'online',
    rotationDays: wanted.offline ? wanted.rotationDays : null,
    passphraseFile: wanted.passphraseFile ?? null,
    mediumState: 'connected',
    mediumStateAt: now,
    createdAt: now,
  };
}

async function openNewVault(context: BackupsContext, repository: string, { passphraseFile }: NewCopy) {
  const signal = new AbortController().signal;
  if ((await repositoryIdentity(repository)) === undefined) {
    throw new KuraError('not-found', 'vault.not-a-vault', { params: { location: repository } });
  }
  const passphrase = await readPassphrase({ file: passphraseFile, fromEnvironment: context.passphrase });
  await using vault = await openWithOrWithout(repository, passphrase, passphraseFile !== undefined, signal);
  return { vaultId: vault.id, encrypted: vault.encrypted };
}

/** The environment's passphrase is for the repositories that need one; a file that is named must be of use. */
async function openWithOrWithout(
  repository: string,
  passphrase: string | undefined,
  named: boolean,
  signal: AbortSignal,
) {
  try {
    return await openLocalVault({ repository, passphrase, signal });
  } catch (error) {
    const unused = error instanceof KuraError && error.code === 'vault.passphrase-unused';
    if (named || !unused) throw error;
    return openLocalVault({ repository, passphrase: undefined, signal });
  }
}

function freeName(job: Job, wanted: string): string {
  const taken = new Set(job.copies.map(({ name }) => name));
  const base =
    wanted
      .replace(/[^\p{L}\p{N}._ -]/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 50) || 'copy';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

function requireAbsolute(path: string): void {
  if (!isAbsolute(path)) throw new KuraError('invalid', 'backups.path-not-absolute', { params: { path } });
}

async function requireFolder(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory() === true) return;
  throw new KuraError('invalid', 'backups.source-missing', { params: { path } });
}
