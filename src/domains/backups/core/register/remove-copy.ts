/** Takes a copy out of its job, with what follows from that told before. What lies in its repository is left as it is. */
import { digitNames } from '#engines/rule32110';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { CopyRemoval } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { removeBinding } from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { takeOut } from '../../store/removed-copy-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { copyRemoved } from '../backups-events.ts';
import { isAtWork } from '../runs/copy-lock.ts';
import { assess } from '../verdict/assess.ts';
import { type JobFacts, loadFacts } from '../verdict/job-facts.ts';
import { changeRegister } from './change-register.ts';
import { jobNotFound, requireCopy } from './find-registered.ts';
import { observeCopies } from './observe-copies.ts';
import type { Copy, Job } from './protected-job.ts';

export interface CopyPlace {
  readonly job: string;
  readonly copy: string;
}

/** @throws KuraError `backups.job-not-found`, `backups.copy-not-found`. */
export async function foreseeRemoval(context: BackupsContext, place: CopyPlace): Promise<CopyRemoval> {
  const facts = await factsOf(context, place.job);
  const copy = requireCopy(facts.job, place.copy);
  const view = {
    observations: await observeCopies(facts.job.copies, context.storages),
    policy: context.policy,
    now: nowInstant(context.clock),
  };
  const rest = facts.copies.filter((one) => one.copy.id !== copy.id);
  const here = facts.copies.find((one) => one.copy.id === copy.id);
  const before = assess(facts, view).verdict;
  const after = assess({ ...facts, copies: rest }, view).verdict;
  const elsewhere = rest.flatMap(({ lastGoodRun }) => lastGoodRun?.startedAt ?? []).toSorted();
  return {
    job: facts.job.key,
    copy: copy.name,
    repository: copy.repository,
    verdict: { now: before.status, after: after.status },
    lostDigits: digitNames.filter(
      (name) => before.digits[name].state === 'pass' && after.digits[name].state !== 'pass',
    ),
    newestHere: here?.lastGoodRun?.startedAt ?? null,
    newestElsewhere: elsewhere.at(-1) ?? null,
    copiesLeft: rest.length,
    lockedUntil: copy.lockedUntil,
    medium: here?.medium?.label ?? null,
  };
}

/**
 * Its runs, tests and records stay, under a name that says so; reports and files are no longer counted for it.
 * @throws KuraError as `foreseeRemoval`, conflict `backups.job-held`, `backups.copy-busy`.
 */
export async function removeCopy(
  context: BackupsContext,
  actor: Actor,
  place: CopyPlace,
  reason: string,
): Promise<CopyRemoval> {
  const foreseen = await foreseeRemoval(context, place);
  const { job } = await factsOf(context, place.job);
  const copy = requireCopy(job, place.copy);
  requireUnheld(job);
  await requireIdle(context, copy);
  const at = nowInstant(context.clock);
  const rest = { ...job, copies: job.copies.filter(({ id }) => id !== copy.id) };
  await changeRegister(context, actor, rest, async (tx) => {
    await removeBinding(tx.tables<MediaTables>(), copy.id);
    await takeOut(tx.tables<BackupsTables>(), copy, { at, reason });
    const { id, name, repository, vaultId, site, media, engine } = copy;
    await tx.audit({
      action: 'backups.remove-copy',
      subject: { kind: 'backup-copy', id, name: `${job.key}/${name}` },
      level: 'warning',
      result: 'done',
      before: { repository, vaultId, site, media, engine },
      after: { reason, verdict: foreseen.verdict.after, lostDigits: foreseen.lostDigits },
    });
    tx.publish(copyRemoved, { job: job.key, title: job.title, copy: name, copyId: id });
  });
  return foreseen;
}

async function factsOf({ database }: BackupsContext, key: string): Promise<JobFacts> {
  const [facts] = await loadFacts(database.tables<BackupsTables & MediaTables>(), [key]);
  if (facts === undefined) throw jobNotFound(key);
  return facts;
}

function requireUnheld({ key, legalHold }: Job): void {
  if (legalHold === null) return;
  throw new KuraError('conflict', 'backups.job-held', { params: { job: key, reason: legalHold } });
}

async function requireIdle(context: BackupsContext, { id, name }: Copy): Promise<void> {
  for (const activity of ['run', 'verification', 'drill'] as const) {
    if (!(await isAtWork(context, id, activity))) continue;
    throw new KuraError('conflict', 'backups.copy-busy', { params: { copy: name } });
  }
}
