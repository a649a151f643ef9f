/**
 * Canary files: known content among the protected files, which nobody has a reason to touch. What encrypts or changes files
 * in bulk changes them, too, and that shows before the last good backup has been replaced.
 */
import { lstat, mkdir, open, realpath, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { nowInstant } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { wayDown } from '#kernel/way-down';
import type { Actor } from '#platform/unit-of-work';

import type { CanaryState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { deleteCanary, insertCanary, listCanaries, updateCanary } from '../../store/canary-store.ts';
import { findJobs, isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';
import { observeCopies } from '../register/observe-copies.ts';
import type { Job } from '../register/protected-job.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import { openTicket } from '../tickets/open-ticket.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { hashFile } from '../verification/compare-tree.ts';
import type { Canary } from './canary.ts';
import { canaryChanged, canarySettled } from './canary-events.ts';

export interface Canaries {
  /**
   * Writes a file that nobody needs, below the job's folder.
   * @throws KuraError invalid `backups.canary-path`, `backups.canary-no-folder`, conflict `backups.canary-exists`,
   * `backups.job-not-found`.
   */
  plant(actor: Actor, job: string, path: string): Promise<Canary>;
  /** Forgets it; the file goes, too, unless it was changed. @throws KuraError `backups.canary-not-found`. */
  remove(actor: Actor, id: string): Promise<void>;
  list(): Promise<readonly Canary[]>;
  /** Looks at all of them; tells each that is not what it was, once. */
  check(actor: Actor, signal: AbortSignal): Promise<readonly Canary[]>;
}

const canaryBytes = 16 * 1024;

export function createCanaries(context: BackupsContext): Canaries {
  function list(): Promise<readonly Canary[]> {
    return listCanaries(context.database.tables<BackupsTables>());
  }
  return {
    plant: (actor, job, path) => plant(context, actor, job, path),
    remove: (actor, id) => remove(context, actor, id),
    list,
    async check(actor, signal) {
      const canaries = await list();
      const keys = [...new Set(canaries.map(({ job }) => job))];
      const jobs = new Map(
        (await findJobs(context.database.tables<BackupsTables>(), keys)).map((job) => [job.key, job]),
      );
      for (const canary of canaries) {
        signal.throwIfAborted();
        const job = jobs.get(canary.job);
        if (job !== undefined) await look(context, actor, { job, canary, signal });
      }
      return await list();
    },
  };
}

async function plant(context: BackupsContext, actor: Actor, key: string, wanted: string): Promise<Canary> {
  const job = await requireJob(context, key);
  const path = normalize(wanted);
  const isInside = !isAbsolute(path) && !path.split(sep).includes('..') && !path.endsWith(sep) && path !== '.';
  if (!isInside) throw new KuraError('invalid', 'backups.canary-path', { params: { path: wanted } });
  const place = await placeIn(job, path);
  const content = Buffer.from(context.random.bytes(canaryBytes));
  await writeNew(place, content, path);
  const now = nowInstant(context.clock);
  const canary: Canary = {
    id: context.ids.next(),
    job: key,
    path,
    size: content.length,
    sha256: sha256Of(content),
    state: 'intact',
    plantedAt: now,
    checkedAt: now,
    changedAt: null,
  };
  try {
    await context.unitOfWork.write(actor, async (tx) => {
      await insertCanary(tx.tables<BackupsTables>(), canary);
      const subject = { kind: 'backup-job', id: key, name: job.title };
      await tx.audit({ action: 'backups.plant-canary', subject, result: 'done', after: { path } });
    });
  } catch (error) {
    await rm(place, { force: true });
    throw isTaken(error) ? exists(path) : error;
  }
  return canary;
}

/** Links inside the source must not lead the file out of it. */
async function placeIn({ source, key }: Job, path: string): Promise<string> {
  const root = isAbsolute(source) ? await realpath(source).catch(() => undefined) : undefined;
  if (root === undefined) throw new KuraError('invalid', 'backups.canary-no-folder', { params: { job: key, source } });
  const place = join(root, path);
  await mkdir(dirname(place), { recursive: true });
  const folder = await realpath(dirname(place));
  if (wayDown(root, folder) === undefined) {
    throw new KuraError('invalid', 'backups.canary-path', { params: { path } });
  }
  return place;
}

async function writeNew(place: string, content: Uint8Array, path: string): Promise<void> {
  try {
    await using file = await open(place, 'wx', 0o644);
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    throw systemCode(error) === 'EEXIST' ? exists(path) : error;
  }
}

function exists(path: string): KuraError {
  return new KuraError('conflict', 'backups.canary-exists', { params: { path } });
}

async function remove(context: BackupsContext, actor: Actor, id: string): Promise<void> {
  const canary = (await listCanaries(context.database.tables<BackupsTables>())).find((one) => one.id === id);
  if (canary === undefined) throw new KuraError('not-found', 'backups.canary-not-found', { params: { canary: id } });
  const job = await requireJob(context, canary.job);
  const signal = new AbortController().signal;
  // What is not ours any more is evidence.
  if ((await stateOf(job, canary, signal)) === 'intact') await rm(join(job.source, canary.path), { force: true });
  await context.unitOfWork.write(actor, async (tx) => {
    await deleteCanary(tx.tables<BackupsTables>(), id);
    tx.publish(canarySettled, { job: job.key, title: job.title, canaryId: id, path: canary.path });
    const subject = { kind: 'backup-job', id: job.key, name: job.title };
    await tx.audit({ action: 'backups.remove-canary', subject, result: 'done', before: { path: canary.path } });
  });
}

interface Look {
  readonly job: Job;
  readonly canary: Canary;
  readonly signal: AbortSignal;
}

async function look(context: BackupsContext, actor: Actor, { job, canary, signal }: Look): Promise<void> {
  const state = await stateOf(job, canary, signal);
  const checkedAt = nowInstant(context.clock);
  const isTouched = state === 'changed' || state === 'missing';
  const since = state === 'unreadable' ? canary.changedAt : null;
  const changedAt = isTouched ? (canary.changedAt ?? checkedAt) : since;
  // Between two looks its folder may have been away.
  const isNews = isTouched && canary.changedAt === null;
  const observations = isNews ? await observeCopies(job.copies, context.storages) : undefined;
  await context.unitOfWork.write(actor, async (tx) => {
    await updateCanary(tx.tables<BackupsTables>(), { id: canary.id, state, checkedAt, changedAt });
    if (state === 'intact' && canary.changedAt !== null) {
      tx.publish(canarySettled, { job: job.key, title: job.title, canaryId: canary.id, path: canary.path });
    }
    if (observations === undefined || !isTouched) return;
    tx.publish(canaryChanged, { job: job.key, title: job.title, canaryId: canary.id, path: canary.path, state });
    await openTicket(context, tx, {
      job: job.key,
      title: job.title,
      copy: null,
      copyId: null,
      kind: 'tampering',
      cause: 'canary',
      causeId: canary.id,
      importance: 'critical',
      what: { code: `backups.ticket-canary-${state}`, params: { path: canary.path } },
      findings: [],
    });
    await tx.audit({
      action: 'backups.canary-changed',
      subject: { kind: 'backup-job', id: job.key, name: job.title },
      level: 'critical',
      result: 'failed',
      after: { path: canary.path, state },
    });
    await updateVerdict(context, tx, job.key, observations);
  });
}

/** A folder that is away altogether, such as a disk that is not mounted, says nothing about its files. */
async function stateOf({ source }: Job, canary: Canary, signal: AbortSignal): Promise<CanaryState> {
  const place = join(source, canary.path);
  try {
    const facts = await lstat(place);
    if (!facts.isFile() || facts.size !== canary.size) return 'changed';
    return (await hashFile(place, signal)) === canary.sha256 ? 'intact' : 'changed';
  } catch (error) {
    signal.throwIfAborted();
    const isGone = ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
    const isThere = await lstat(source).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    return isGone && isThere ? 'missing' : 'unreadable';
  }
}
