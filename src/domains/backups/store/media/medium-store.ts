/** Media as rows. */

import type { Selectable } from 'kysely';
import { withoutUndefined } from '#kernel/without-undefined';

import { containsText, type ReadTables, type Tables } from '#platform/db';

import type {
  ChangedMedium,
  MediaStats,
  MediumCondition,
  MediumStage,
  MediumView,
  NewMedium,
  RemovableKind,
} from '../../contract/index.ts';
import { mediumStages } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;
type Row = Selectable<MediaTables['backup_media']>;

/** A medium as it stands in the inventory. */
export interface Medium extends MediumView {
  readonly placeId: string | null;
}

export interface MediaFilter {
  readonly text?: string | undefined;
  readonly stage?: MediumStage | undefined;
  readonly kind?: RemovableKind | undefined;
  readonly site?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export async function findMedium(reads: Reads, label: string): Promise<Medium | undefined> {
  const row = await described(reads).where('backup_media.label', '=', label).executeTakeFirst();
  return row === undefined ? undefined : mediumOf(row);
}

export async function findMedia(reads: Reads, labels: readonly string[]): Promise<readonly Medium[]> {
  if (labels.length === 0) return [];
  return (await described(reads).where('backup_media.label', 'in', labels).execute()).map(mediumOf);
}

export async function findMediaByIds(reads: Reads, ids: readonly string[]): Promise<readonly Medium[]> {
  if (ids.length === 0) return [];
  return (await described(reads).where('backup_media.id', 'in', ids).execute()).map(mediumOf);
}

export async function findSetMedia(reads: Reads, setKeys: readonly string[]): Promise<readonly Medium[]> {
  if (setKeys.length === 0) return [];
  return (await described(reads).where('backup_media.set_key', 'in', setKeys).execute()).map(mediumOf);
}

/** Where a text is looked for. */
const searched = ['label', 'name', 'serial', 'owner', 'notes'].map((column) => `backup_media.${column}`);

/** By label. */
export async function listMedia(reads: Reads, filter: MediaFilter): Promise<readonly Medium[]> {
  const { text, stage, kind, site, limit, after } = filter;
  let query = described(reads);
  if (stage !== undefined) query = query.where('backup_media.stage', '=', stage);
  if (kind !== undefined) query = query.where('backup_media.kind', '=', kind);
  if (site !== undefined) query = query.where('backup_places.site', '=', site);
  if (after !== undefined) query = query.where('backup_media.label', '>', after);
  if (text !== undefined && text !== '') query = query.where(containsText(searched, text));
  return (await query.orderBy('backup_media.label').limit(limit).execute()).map(mediumOf);
}

export async function countByStage(reads: Reads): Promise<MediaStats> {
  const rows = await reads
    .selectFrom('backup_media')
    .select(({ fn }) => ['stage', fn.countAll<number | string>().as('count')])
    .groupBy('stage')
    .execute();
  const found = new Map(rows.map(({ stage, count }) => [stage, Number(count)]));
  const byStage = Object.fromEntries(mediumStages.map((stage) => [stage, found.get(stage) ?? 0]));
  return {
    total: [...found.values()].reduce((sum, count) => sum + count, 0),
    // Every stage was named right above.
    byStage: byStage as Record<MediumStage, number>,
  };
}

/** Highest number of `KURA-…` so far. */
export async function highestNumber(reads: Reads, prefix: string): Promise<number> {
  const rows = await reads.selectFrom('backup_media').select('label').where('label', 'like', `${prefix}%`).execute();
  return Math.max(0, ...rows.map(({ label }) => Number(/^\d+$/.exec(label.slice(prefix.length))?.[0] ?? 0)));
}

export interface MediumStart {
  readonly id: string;
  readonly label: string;
  readonly at: string;
}

export async function insertMedium(tables: Writes, medium: NewMedium, { id, label, at }: MediumStart): Promise<void> {
  const { kind, condition, capacityBytes, purchasedOn, warrantyUntil, label: _label, ...texts } = medium;
  const dates = { purchased_on: purchasedOn, warranty_until: warrantyUntil, stage_since: at, created_at: at };
  await tables
    .insertInto('backup_media')
    .values({ id, label, kind, condition, capacity_bytes: capacityBytes, ...texts, ...dates, stage: 'new' })
    .execute();
}

export async function updateMediumFacts(tables: Writes, id: string, change: ChangedMedium): Promise<void> {
  const { capacityBytes, purchasedOn, warrantyUntil, ...same } = change;
  const columns = {
    ...same,
    capacity_bytes: capacityBytes,
    purchased_on: purchasedOn,
    warranty_until: warrantyUntil,
  };
  const given = withoutUndefined(columns);
  if (Object.keys(given).length === 0) return;
  await tables.updateTable('backup_media').set(given).where('id', '=', id).execute();
}

export interface StageRow {
  readonly stage: MediumStage;
  readonly at: string;
  readonly placeId: string | null;
  readonly condition?: MediumCondition;
}

export async function updateStage(tables: Writes, id: string, { stage, at, placeId, condition }: StageRow) {
  await tables
    .updateTable('backup_media')
    .set({ stage, stage_since: at, place_id: placeId, ...(condition === undefined ? {} : { condition }) })
    .where('id', '=', id)
    .execute();
}

export async function updatePosition(
  tables: Writes,
  id: string,
  at: { readonly set: string; readonly position: string } | null,
): Promise<void> {
  await tables
    .updateTable('backup_media')
    .set({ set_key: at?.set ?? null, set_position: at?.position ?? null })
    .where('id', '=', id)
    .execute();
}

type DescribedRow = Row & {
  readonly site: string | null;
  readonly room: string | null;
  readonly slot: string | null;
  readonly set_title: string | null;
  readonly loan_id: string | null;
  readonly borrower: string | null;
  readonly due_on: string | null;
};

function described(reads: Reads) {
  return reads
    .selectFrom('backup_media')
    .leftJoin('backup_places', 'backup_places.id', 'backup_media.place_id')
    .leftJoin('backup_media_sets', 'backup_media_sets.key', 'backup_media.set_key')
    .leftJoin('backup_media_loans as loan', (join) =>
      join.onRef('loan.medium_id', '=', 'backup_media.id').on('loan.returned_at', 'is', null),
    )
    .selectAll('backup_media')
    .select([
      'backup_places.site',
      'backup_places.room',
      'backup_places.slot',
      'backup_media_sets.title as set_title',
      'loan.id as loan_id',
      'loan.borrower',
      'loan.due_on',
    ]);
}

function mediumOf(row: DescribedRow): Medium {
  const { place_id: placeId, site, room, slot, set_key: key, set_position: position } = row;
  return {
    id: row.id,
    label: row.label,
    kind: row.kind,
    condition: row.condition,
    name: row.name,
    capacityBytes: row.capacity_bytes,
    generation: row.generation,
    maker: row.maker,
    model: row.model,
    serial: row.serial,
    purchasedOn: row.purchased_on,
    warrantyUntil: row.warranty_until,
    owner: row.owner,
    notes: row.notes,
    stage: row.stage,
    stageSince: row.stage_since,
    placeId,
    place: placeId === null ? null : { id: placeId, site: site ?? '', room: room ?? '', slot: slot ?? '' },
    set: key === null ? null : { key, title: row.set_title ?? key, position: position ?? '' },
    loan: row.loan_id === null ? null : { id: row.loan_id, borrower: row.borrower ?? '', dueOn: row.due_on ?? '' },
    createdAt: row.created_at,
  };
}
