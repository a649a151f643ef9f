/**
 * The one way in which a medium changes its stage: life cycle held, place checked, history written, copies and verdicts
 * following at once.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Tables } from '#platform/db';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import {
  type MediumAction,
  type MediumCondition,
  type MediumStage,
  type PlaceView,
  placeName,
  stageAfter,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { type BoundCopy, findBindings, projectCopy } from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { beginLoad, type Evidence, endLoad, insertMediumEvent } from '../../store/media/medium-history-store.ts';
import { findMedia, type Medium, updateStage } from '../../store/media/medium-store.ts';
import { findPlace } from '../../store/media/place-store.ts';
import { findJobs } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { type Observations, observeCopies } from '../register/observe-copies.ts';
import { updateVerdicts } from '../verdict/update-verdict.ts';
import { requireMedium, requirePlace } from './find-registered-medium.ts';
import { siteOf, stateOf } from './stage-in-register.ts';

export interface StageChange {
  readonly label: string;
  readonly action: MediumAction;
  /** Where the action alone does not decide it. */
  readonly to?: MediumStage;
  readonly place?: string | undefined;
  readonly condition?: MediumCondition;
  readonly note: string;
  readonly evidence?: Evidence;
}

/** What is known when a change of media begins. */
export interface MediaView {
  /** Ids of copies whose repository can be seen right now. */
  readonly observations: Observations;
}

/**
 * Runs `work` in one transaction, and judges the jobs anew that have copies on these media or in their sets.
 * What can be seen is looked for before: the transaction waits for no disk.
 */
export async function changingMedia<Result>(
  context: BackupsContext,
  actor: Actor,
  labels: readonly string[],
  work: (tx: WriteTransaction, view: MediaView) => Promise<Result>,
): Promise<Result> {
  const reads = context.database.tables<MediaTables>();
  const media = await findMedia(reads, labels);
  const bound = await findBindings(reads, {
    mediumIds: media.map(({ id }) => id),
    setKeys: media.flatMap(({ set }) => set?.key ?? []),
  });
  const keys = [...new Set(bound.map(({ job }) => job))];
  const jobs = await findJobs(context.database.tables<BackupsTables>(), keys);
  const observations = await observeCopies(
    jobs.flatMap(({ copies }) => copies),
    context.storages,
  );
  return context.unitOfWork.write(actor, async (tx) => {
    const result = await work(tx, { observations });
    await updateVerdicts(context, tx, keys, observations);
    return result;
  });
}

/** @throws KuraError conflict `backups.medium-action-impossible`, `backups.medium-still-connected`, `backups.place-full`. */
export async function changeStage(
  context: BackupsContext,
  tx: WriteTransaction,
  change: StageChange,
  { observations }: MediaView,
): Promise<Medium> {
  const tables = tx.tables<MediaTables>();
  const { label } = change;
  const medium = await requireMedium(tables, label);
  const to = allowedStage(medium, change);
  const copies = await findBindings(tables, { mediumIds: [medium.id] });
  refuseWhatIsSeen(
    medium,
    change.action,
    copies.filter(({ copyId }) => observations.has(copyId)),
  );
  const place = await placeAfter(tables, medium, to, change.place);
  const at = nowInstant(context.clock);
  const { condition } = change;
  await updateStage(tables, medium.id, {
    stage: to,
    at,
    placeId: place?.id ?? null,
    ...(condition === undefined ? {} : { condition }),
  });
  await noteLoad(context, tables, medium, { to, at });
  for (const copy of copies)
    await projectCopy(tables, copy.copyId, { state: stateOf(to), at, site: siteOf(copy, to, place) });
  await insertMediumEvent(tables, {
    mediumId: medium.id,
    at,
    action: change.action,
    from: medium.stage,
    to,
    place: place === undefined ? '' : placeName(place),
    actor: tx.actor.name,
    note: change.note,
    evidence: change.evidence ?? {},
  });
  await tx.audit({
    action: `backups.${change.action}-medium`,
    subject: { kind: 'backup-medium', id: medium.id, name: label },
    result: 'done',
    level: to === 'lost' || to === 'destroyed' ? 'warning' : 'info',
    before: { stage: medium.stage },
    after: { stage: to, ...(place === undefined ? {} : { place: placeName(place) }) },
  });
  return requireMedium(tables, label);
}

function allowedStage({ label, stage }: Medium, { action, to }: StageChange): MediumStage {
  const next = stageAfter(stage, action);
  if (next !== undefined) return to ?? next;
  throw new KuraError('conflict', 'backups.medium-action-impossible', { params: { label, action, stage } });
}

/** What can be seen is connected, whatever somebody records. */
const takesAway: ReadonlySet<MediumAction> = new Set(['unload', 'store', 'send', 'lend', 'lose']);

function refuseWhatIsSeen({ label }: Medium, action: MediumAction, [seen]: readonly BoundCopy[]): void {
  if (seen === undefined || !takesAway.has(action)) return;
  const params = { label, copy: `${seen.job}/${seen.copy}`, repository: seen.repository };
  throw new KuraError('conflict', 'backups.medium-still-connected', { params });
}

const keepsPlace: ReadonlySet<MediumStage> = new Set(['quarantine', 'retired']);

async function placeAfter(
  tables: Tables<MediaTables>,
  medium: Medium,
  to: MediumStage,
  wanted: string | undefined,
): Promise<PlaceView | undefined> {
  if (wanted === undefined) {
    if (to === 'stored')
      throw new KuraError('invalid', 'backups.medium-place-missing', { params: { label: medium.label } });
    return keepsPlace.has(to) && medium.placeId !== null ? findPlace(tables, medium.placeId) : undefined;
  }
  const place = await requirePlace(tables, wanted);
  const isThere = medium.placeId === place.id;
  if (place.capacity !== null && place.used >= place.capacity && !isThere) {
    const params = { place: placeName(place), capacity: place.capacity };
    throw new KuraError('conflict', 'backups.place-full', { params });
  }
  return place;
}

async function noteLoad(
  { ids }: BackupsContext,
  tables: Tables<MediaTables>,
  { id: mediumId, stage, set }: Medium,
  { to, at }: { readonly to: MediumStage; readonly at: string },
): Promise<void> {
  if (stage === to) return;
  if (stage === 'loaded') await endLoad(tables, mediumId, at);
  if (to === 'loaded') await beginLoad(tables, { id: ids.next(), mediumId, setKey: set?.key ?? null, at });
}
