/** Sets of media that rotate, who stands where in them, and which copies lie on which media. */

import { positionsOf } from '#engines/rotation';
import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';
import type { ReadTables, Tables } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import type { Binding, ChangedSet, NewSet, SetView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  type BoundCopy,
  findBindings,
  projectCopy,
  removeBinding,
  saveBinding,
} from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findSetMedia, type Medium, updatePosition } from '../../store/media/medium-store.ts';
import { findPlace } from '../../store/media/place-store.ts';
import { insertSet, listSets, type MediaSet, updateSet } from '../../store/media/set-store.ts';
import { isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeRegister } from '../register/change-register.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import type { Copy } from '../register/protected-job.ts';
import { requireHolidays } from '../schedules/holidays.ts';
import { requireMedium, requireSet } from './find-registered-medium.ts';
import { siteOf, stateOf } from './stage-in-register.ts';

export async function readSets({ database }: BackupsContext): Promise<readonly SetView[]> {
  const reads = database.tables<MediaTables>();
  return viewsOf(reads, await listSets(reads));
}

/** @throws KuraError `backups.media-set-not-found`. */
export async function readSet({ database }: BackupsContext, key: string): Promise<SetView> {
  const reads = database.tables<MediaTables>();
  const [view] = await viewsOf(reads, [await requireSet(reads, key)]);
  if (view === undefined) throw new KuraError('not-found', 'backups.media-set-not-found', { params: { set: key } });
  return view;
}

/** @throws KuraError conflict `backups.media-set-exists`. */
export async function addSet(context: BackupsContext, actor: Actor, wanted: NewSet): Promise<SetView> {
  const at = nowInstant(context.clock);
  const { key, scheme, holidays, calendar } = wanted;
  const startsOn = wanted.startsOn ?? dayIn(context.zone(), at);
  const set = { key, title: wanted.title ?? key, scheme, startsOn, holidays, calendar, active: true };
  await requireHolidays(context.database.tables<BackupsTables>(), calendar);
  try {
    await context.unitOfWork.write(actor, async (tx) => {
      await insertSet(tx.tables<MediaTables>(), set, at);
      const subject = { kind: 'backup-media-set', id: key, name: set.title };
      await tx.audit({ action: 'backups.add-media-set', subject, result: 'done', after: { scheme, startsOn } });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.media-set-exists', { params: { set: key }, cause: error });
  }
  return readSet(context, key);
}

/** @throws KuraError conflict `backups.position-occupied` when a medium would lose its position by a new scheme. */
export async function changeSet(
  context: BackupsContext,
  actor: Actor,
  key: string,
  change: ChangedSet,
): Promise<SetView> {
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<MediaTables>();
    const before = await requireSet(tables, key);
    const given = withoutUndefined(change);
    const after: MediaSet = { ...before, ...given };
    await requireHolidays(tx.tables<BackupsTables>(), change.calendar ?? null);
    const known = new Set(positionsOf(after.scheme));
    const stranded = (await findSetMedia(tables, [key])).find(({ set }) => !known.has(set?.position ?? ''));
    if (stranded !== undefined) {
      const params = { position: stranded.set?.position ?? '', label: stranded.label };
      throw new KuraError('conflict', 'backups.position-occupied', { params });
    }
    await updateSet(tables, after);
    const subject = { kind: 'backup-media-set', id: key, name: after.title };
    await tx.audit({ action: 'backups.change-media-set', subject, result: 'done', after: given });
  });
  return readSet(context, key);
}

export interface Assignment {
  readonly key: string;
  readonly position: string;
  /** Null empties the position. */
  readonly label: string | null;
}

const outOfUse: ReadonlySet<string> = new Set(['lost', 'retired', 'destroyed']);

/** @throws KuraError invalid `backups.position-unknown`; conflict `backups.position-occupied`, `backups.medium-out-of-use`. */
export async function assignMedium(context: BackupsContext, actor: Actor, assignment: Assignment): Promise<SetView> {
  const { key, position, label } = assignment;
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<MediaTables>();
    const { scheme, title } = await requireSet(tables, key);
    if (!positionsOf(scheme).includes(position)) {
      throw new KuraError('invalid', 'backups.position-unknown', { params: { position, set: key } });
    }
    const there = (await findSetMedia(tables, [key])).find(({ set }) => set?.position === position);
    if (there?.label === label) return;
    if (there !== undefined && label !== null) {
      throw new KuraError('conflict', 'backups.position-occupied', { params: { position, label: there.label } });
    }
    if (there !== undefined) await updatePosition(tables, there.id, null);
    if (label !== null) {
      const medium = await requireMedium(tables, label);
      if (outOfUse.has(medium.stage)) {
        throw new KuraError('conflict', 'backups.medium-out-of-use', { params: { label, stage: medium.stage } });
      }
      await updatePosition(tables, medium.id, { set: key, position });
    }
    const subject = { kind: 'backup-media-set', id: key, name: title };
    await tx.audit({ action: 'backups.assign-medium', subject, result: 'done', after: { position, label } });
  });
  return readSet(context, key);
}

/** @throws KuraError conflict `backups.copy-not-removable`, `backups.vault-on-set`, `backups.media-kind-differs`. */
export async function bindCopy(context: BackupsContext, actor: Actor, binding: Binding): Promise<Binding> {
  const job = await requireJob(context, binding.job);
  const copy = requireCopy(job, binding.copy);
  const { on } = binding;
  await changeRegister(context, actor, job, async (tx) => {
    const tables = tx.tables<MediaTables>();
    if (on.kind === 'none') await removeBinding(tables, copy.id);
    else if (on.kind === 'medium') await bindToMedium(tables, copy, await requireMedium(tables, on.label));
    else await bindToSet(tables, copy, on.key);
    const subject = { kind: 'backup-copy', id: copy.id, name: `${job.key}/${copy.name}` };
    await tx.audit({ action: 'backups.bind-copy-to-medium', subject, result: 'done', after: on });
  });
  return binding;
}

async function bindToMedium(tables: Tables<MediaTables>, copy: Copy, medium: Medium): Promise<void> {
  requireRemovable(copy);
  const params = { copy: copy.name, media: copy.media, kind: medium.kind, label: medium.label };
  if (copy.media !== medium.kind) throw new KuraError('conflict', 'backups.media-kind-differs', { params });
  await saveBinding(tables, copy.id, { mediumId: medium.id, setKey: null });
  const [bound] = await findBindings(tables, { copyIds: [copy.id] });
  if (bound !== undefined) await projectMedium(tables, bound, medium);
}

async function bindToSet(tables: Tables<MediaTables>, copy: Copy, key: string): Promise<void> {
  requireRemovable(copy);
  if (copy.engine === 'kura-vault') {
    throw new KuraError('conflict', 'backups.vault-on-set', { params: { copy: copy.name, set: key } });
  }
  await requireSet(tables, key);
  await saveBinding(tables, copy.id, { mediumId: null, setKey: key });
}

async function projectMedium(tables: Tables<MediaTables>, bound: BoundCopy, medium: Medium): Promise<void> {
  const place = medium.placeId === null ? undefined : await findPlace(tables, medium.placeId);
  const site = siteOf(bound, medium.stage, place);
  await projectCopy(tables, bound.copyId, { state: stateOf(medium.stage), at: medium.stageSince, site });
}

function requireRemovable({ name, connectivity }: Copy): void {
  if (connectivity === 'offline') return;
  throw new KuraError('conflict', 'backups.copy-not-removable', { params: { copy: name } });
}

async function viewsOf(reads: ReadTables<MediaTables>, sets: readonly MediaSet[]): Promise<readonly SetView[]> {
  const keys = sets.map(({ key }) => key);
  const media = await findSetMedia(reads, keys);
  const bound = await findBindings(reads, { setKeys: keys });
  return sets.map(({ freeDays: _days, ...set }) => ({
    ...set,
    holidays: [...set.holidays],
    positions: positionsOf(set.scheme).map((position) => ({
      position,
      label: media.find((one) => one.set?.key === set.key && one.set.position === position)?.label ?? null,
    })),
    copies: bound.filter(({ setKey }) => setKey === set.key).map(({ job, copy }) => ({ job, copy })),
  }));
}
