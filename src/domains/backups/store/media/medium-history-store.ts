/** What happened to media: events, and the times they were in a drive. */
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { MediumEvent, MediumStage } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

export type Evidence = MediumEvent['evidence'];

export interface NewMediumEvent {
  readonly mediumId: string;
  readonly at: string;
  readonly action: string;
  readonly from: MediumStage | null;
  readonly to: MediumStage;
  readonly place: string;
  readonly actor: string;
  readonly note: string;
  readonly evidence: Evidence;
}

const evidenceSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export async function insertMediumEvent(tables: Writes, event: NewMediumEvent): Promise<void> {
  const { mediumId, from, to, evidence, ...same } = event;
  const columns = { medium_id: mediumId, from_stage: from, to_stage: to, evidence: JSON.stringify(evidence) };
  await tables
    .insertInto('backup_medium_events')
    .values({ ...same, ...columns })
    .execute();
}

/** Newest first. */
export async function listMediumEvents(
  reads: Reads,
  mediumId: string,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly MediumEvent[]> {
  let query = reads.selectFrom('backup_medium_events').selectAll().where('medium_id', '=', mediumId);
  if (before !== undefined) query = query.where('position', '<', before);
  const rows = await query.orderBy('position', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    position: row.position,
    at: row.at,
    action: row.action,
    from: row.from_stage,
    to: row.to_stage,
    place: row.place,
    by: row.actor,
    note: row.note,
    evidence: evidenceSchema.parse(JSON.parse(row.evidence)),
  }));
}

export async function beginLoad(
  tables: Writes,
  load: { readonly id: string; readonly mediumId: string; readonly setKey: string | null; readonly at: string },
): Promise<void> {
  await tables
    .insertInto('backup_medium_loads')
    .values({ id: load.id, medium_id: load.mediumId, set_key: load.setKey, loaded_at: load.at, unloaded_at: null })
    .execute();
}

export async function endLoad(tables: Writes, mediumId: string, at: string): Promise<void> {
  await tables
    .updateTable('backup_medium_loads')
    .set({ unloaded_at: at })
    .where('medium_id', '=', mediumId)
    .where('unloaded_at', 'is', null)
    .execute();
}

export interface LoadSummary {
  readonly loads: number;
  readonly lastLoadedAt: string | null;
}

export async function summariseLoads(reads: Reads, mediumId: string): Promise<LoadSummary> {
  const row = await reads
    .selectFrom('backup_medium_loads')
    .select(({ fn }) => [fn.countAll<number | string>().as('loads'), fn.max('loaded_at').as('last')])
    .where('medium_id', '=', mediumId)
    .executeTakeFirst();
  return { loads: Number(row?.loads ?? 0), lastLoadedAt: row?.last ?? null };
}
