/** Sweeps and their cells; what a cell found is in its collection. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  type CollectQuery,
  collectQuerySchema,
  type SweepCell,
  type SweepPlan,
  type SweepReport,
  type SweepStatus,
  stageSchema,
  sweepPlanSchema,
} from '../contract/index.ts';
import type { CollectingTables } from './collecting-tables.ts';
import { readJson } from './json-column.ts';
import { reasonOfRow, type StoredReason } from './reason-column.ts';

export interface Sweep {
  readonly id: string;
  readonly name: string;
  readonly status: SweepStatus;
  readonly plan: SweepPlan;
  readonly jobId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PlannedCell {
  readonly label: string;
  readonly query: CollectQuery;
}

/** A cell with what its collection says. */
export interface StoredCell extends Omit<SweepCell, 'reason' | 'firstSeen' | 'duplicates'> {
  readonly collectionId: string | null;
  readonly reason: StoredReason | null;
}

/** Cells per statement: SQLite takes 32,766 parameters. */
const CHUNK = 1000;

type Reads = Pick<Database | Transaction, 'tables'>;

export async function insertSweep(tx: Transaction, sweep: Sweep, cells: readonly PlannedCell[]): Promise<void> {
  const tables = tx.tables<CollectingTables>();
  await tables
    .insertInto('sweeps')
    .values({
      id: sweep.id,
      name: sweep.name,
      status: sweep.status,
      plan: JSON.stringify(sweep.plan),
      job_id: sweep.jobId,
      created_at: sweep.createdAt,
      updated_at: sweep.updatedAt,
    })
    .execute();
  const rows = cells.map(({ label, query }, place) => ({
    sweep_id: sweep.id,
    place,
    label,
    query: JSON.stringify(query),
    collection_id: null,
  }));
  for (let start = 0; start < rows.length; start += CHUNK) {
    await tables
      .insertInto('sweep_cells')
      .values(rows.slice(start, start + CHUNK))
      .execute();
  }
}

export async function updateSweep(tx: Transaction, { id, status, jobId, updatedAt }: Sweep): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .updateTable('sweeps')
    .set({ status, job_id: jobId, updated_at: updatedAt })
    .where('id', '=', id)
    .execute();
}

export async function removeSweepRow(tx: Transaction, id: string): Promise<void> {
  await tx.tables<CollectingTables>().deleteFrom('sweeps').where('id', '=', id).execute();
}

export async function findSweep(reads: Reads, name: string): Promise<Sweep | undefined> {
  const row = await reads
    .tables<CollectingTables>()
    .selectFrom('sweeps')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : sweepOf(row);
}

/** Last changed first. */
export async function listSweeps(database: Database): Promise<readonly Sweep[]> {
  const rows = await database
    .tables<CollectingTables>()
    .selectFrom('sweeps')
    .selectAll()
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(sweepOf);
}

/** Null: the cell begins anew. */
export async function setCellCollection(
  tx: Transaction,
  sweepId: string,
  place: number | 'all',
  collectionId: string | null,
): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .updateTable('sweep_cells')
    .set({ collection_id: collectionId })
    .where('sweep_id', '=', sweepId)
    .$if(place !== 'all', (query) => query.where('place', '=', Number(place)))
    .execute();
}

export interface CellCount {
  readonly cells: number;
  readonly cellsDone: number;
}

/** By sweep; one that is not asked for or unknown is missing. */
export async function countCells(
  database: Database,
  sweepIds: readonly string[],
): Promise<ReadonlyMap<string, CellCount>> {
  if (sweepIds.length === 0) return new Map();
  const rows = await database
    .tables<CollectingTables>()
    .selectFrom('sweep_cells as cell')
    .leftJoin('collections as found', (join) =>
      join.onRef('found.id', '=', 'cell.collection_id').on('found.status', '=', 'completed'),
    )
    .select(({ fn }) => [
      'cell.sweep_id',
      fn.countAll<number>().as('cells'),
      fn.count<number>('found.id').as('cells_done'),
    ])
    .where('cell.sweep_id', 'in', sweepIds)
    .groupBy('cell.sweep_id')
    .execute();
  return new Map(rows.map((row) => [row.sweep_id, { cells: row.cells, cellsDone: row.cells_done }]));
}

export async function listCells(reads: Reads, sweepId: string): Promise<readonly StoredCell[]> {
  const rows = await reads
    .tables<CollectingTables>()
    .selectFrom('sweep_cells as cell')
    .leftJoin('collections as found', 'found.id', 'cell.collection_id')
    .select(['cell.place', 'cell.label', 'cell.query', 'cell.collection_id'])
    .select(['found.status', 'found.pages', 'found.models', 'found.versions', 'found.stages'])
    .select(['found.reason_code', 'found.reason_params'])
    .where('cell.sweep_id', '=', sweepId)
    .orderBy('cell.place')
    .execute();
  return rows.map((row) => {
    const site = readJson(z.array(stageSchema), row.stages ?? '[]').find(({ filter }) => filter === 'site');
    return {
      place: row.place,
      label: row.label,
      query: readJson(collectQuerySchema, row.query),
      collectionId: row.collection_id,
      status: row.status ?? 'waiting',
      pages: row.pages ?? 0,
      fetched: site?.in ?? 0,
      repeated: site === undefined ? 0 : site.in - site.out,
      models: row.models ?? 0,
      versions: row.versions ?? 0,
      reason: reasonOfRow(row),
    };
  });
}

/** How many versions each cell is the first one to have. */
export async function firstSeenByCell(database: Database, sweepId: string): Promise<ReadonlyMap<number, number>> {
  const rows = await database
    .tables<CollectingTables>()
    .with('firsts', (query) =>
      query
        .selectFrom('sweep_cells as cell')
        .innerJoin('collection_rows as found', 'found.collection_id', 'cell.collection_id')
        .select(({ fn }) => ['found.version_id', fn.min('cell.place').as('place')])
        .where('cell.sweep_id', '=', sweepId)
        .groupBy('found.version_id'),
    )
    .selectFrom('firsts')
    .select(({ fn }) => ['place', fn.countAll<number>().as('versions')])
    .groupBy('place')
    .execute();
  return new Map(rows.map(({ place, versions }) => [place, versions]));
}

/** Pairs of cells that share versions, the largest first. */
export async function overlapsOf(database: Database, sweepId: string, limit: number): Promise<SweepReport['overlaps']> {
  const rows = await database
    .tables<CollectingTables>()
    .selectFrom('sweep_cells as a')
    .innerJoin('collection_rows as inA', 'inA.collection_id', 'a.collection_id')
    .innerJoin('collection_rows as inB', 'inB.version_id', 'inA.version_id')
    .innerJoin('sweep_cells as b', (join) =>
      join.onRef('b.collection_id', '=', 'inB.collection_id').onRef('b.sweep_id', '=', 'a.sweep_id'),
    )
    .select(({ fn }) => ['a.place as a', 'b.place as b', fn.countAll<number>().as('versions')])
    .where('a.sweep_id', '=', sweepId)
    .whereRef('a.place', '<', 'b.place')
    .groupBy(['a.place', 'b.place'])
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('a.place')
    .orderBy('b.place')
    .limit(limit)
    .execute();
  return rows.map(({ a, b, versions }) => ({ a, b, versions }));
}

/** Different models and versions of all cells together. */
export async function sweepTotals(
  database: Database,
  sweepId: string,
): Promise<Pick<SweepReport, 'models' | 'versions'>> {
  const row = await database
    .tables<CollectingTables>()
    .selectFrom('sweep_cells as cell')
    .innerJoin('collection_rows as found', 'found.collection_id', 'cell.collection_id')
    .select(({ fn }) => [
      fn.count<number>('found.model_id').distinct().as('models'),
      fn.count<number>('found.version_id').distinct().as('versions'),
    ])
    .where('cell.sweep_id', '=', sweepId)
    .executeTakeFirst();
  return { models: row?.models ?? 0, versions: row?.versions ?? 0 };
}

function sweepOf(row: Selectable<CollectingTables['sweeps']>): Sweep {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    plan: readJson(sweepPlanSchema, row.plan),
    jobId: row.job_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
