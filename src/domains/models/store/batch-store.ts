/** Batches as rows; their items have a store of their own. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import {
  type BatchOptions,
  type BatchStatus,
  type BatchTally,
  batchOptionsSchema,
  batchPriorities,
} from '../contract/batch-shapes.ts';
import { actorSchema } from '../core/actor.ts';
import { readTallies } from './batch-item-store.ts';
import type { BatchTables } from './batch-tables.ts';
import { readJson } from './json-column.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';
import { reasonColumns, reasonOfRow, type StoredReason } from './reason-column.ts';

const originSchema = z.array(
  z.object({
    kind: z.enum(['refs', 'list', 'search', 'where', 'collection', 'creator', 'missing']),
    /** The query, the id of the collection, the name of the creator; empty where the kind says it all. */
    detail: z.string(),
    /** References that came from there. */
    count: z.number().int(),
  }),
);
export type BatchOrigin = Readonly<z.output<typeof originSchema>[number]>;

/** What counts against the caps since the batch was started or resumed last. */
export interface BatchUse {
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
}

export interface BatchRow {
  readonly id: string;
  readonly position: number;
  readonly name: string;
  readonly status: BatchStatus;
  readonly reason: StoredReason | null;
  readonly origin: readonly BatchOrigin[];
  readonly options: BatchOptions;
  /** Whether the server runs it, or the command that started it. */
  readonly byServer: boolean;
  /** Fencing token: grows each time somebody begins to run it. */
  readonly run: number;
  readonly used: BatchUse;
  readonly waitsUntil: string | null;
  /** Since when it waits for its turn; null while it does not. */
  readonly waitingSince: string | null;
  /** Steps of priority that it has gained by waiting; it keeps them while it runs. */
  readonly boost: number;
  /** Who asked for it; everything happens in this name. */
  readonly actor: Actor;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly updatedAt: string;
  readonly endedAt: string | null;
}

export interface Batch extends BatchRow {
  readonly tally: BatchTally;
}

type Reads = Pick<Database | Transaction, 'tables'>;

export async function insertBatch(tx: Transaction, batch: Omit<BatchRow, 'position'>): Promise<void> {
  const { kind, id, name } = batch.actor;
  await tx
    .tables<BatchTables>()
    .insertInto('batches')
    .values({
      id: batch.id,
      origin: JSON.stringify(batch.origin),
      actor: JSON.stringify({ kind, id, name }),
      created_at: batch.createdAt,
      ...changingColumns(batch),
    })
    .execute();
}

export async function updateBatch(tx: Transaction, batch: BatchRow): Promise<void> {
  await tx
    .tables<BatchTables>()
    .updateTable('batches')
    .set(changingColumns(batch))
    .where('id', '=', batch.id)
    .execute();
}

export async function saveUse(tx: Transaction, id: string, used: BatchUse): Promise<void> {
  await tx
    .tables<BatchTables>()
    .updateTable('batches')
    .set({ used_files: used.files, used_bytes: used.bytes, used_ms: used.ms })
    .where('id', '=', id)
    .execute();
}

export async function findBatchRow(reads: Reads, id: string): Promise<BatchRow | undefined> {
  const row = await selectAll(reads).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : batchOf(row);
}

/** With its numbers. */
export async function findBatch(reads: Reads, id: string): Promise<Batch | undefined> {
  const row = await findBatchRow(reads, id);
  if (row === undefined) return undefined;
  const [batch] = await withTallies(reads, [row]);
  return batch;
}

export interface BatchFilter {
  readonly status?: readonly BatchStatus[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Last made first. */
export async function listBatches(database: Database, { status, limit, cursor }: BatchFilter) {
  const rows = await selectAll(database)
    .where('position', '<', readPositionCursor(cursor))
    .$if(status !== undefined && status.length > 0, (query) => query.where('status', 'in', [...(status ?? [])]))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  return { items: await withTallies(database, page.map(batchOf)), nextCursor };
}

/** Those that may run now, in the order they were asked for. */
export async function runnableBatches(database: Database, now: string): Promise<readonly BatchRow[]> {
  const rows = await selectAll(database)
    .where((eb) =>
      eb.or([
        // Nobody may be running it any more: whoever takes its lock finds out.
        eb('status', '=', 'processing'),
        eb.and([
          eb('status', '=', 'pending'),
          eb('by_server', '=', 1),
          eb.or([eb('waits_until', 'is', null), eb('waits_until', '<=', now)]),
        ]),
      ]),
    )
    .orderBy('position')
    .execute();
  return rows.map(batchOf);
}

/** When the next of those that wait for their time has it; null when none waits. */
export async function nextWaitEnd(database: Database): Promise<string | null> {
  const row = await database
    .tables<BatchTables>()
    .selectFrom('batches')
    .select((eb) => eb.fn.min('waits_until').as('first'))
    .where('status', '=', 'pending')
    .where('by_server', '=', 1)
    .executeTakeFirst();
  return row?.first ?? null;
}

async function withTallies(reads: Reads, rows: readonly BatchRow[]): Promise<readonly Batch[]> {
  const tallies = await readTallies(
    reads,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, tally: tallies(row.id) }));
}

function selectAll(reads: Reads) {
  return reads.tables<BatchTables>().selectFrom('batches').selectAll();
}

function changingColumns(batch: Omit<BatchRow, 'position'>) {
  return {
    name: batch.name,
    status: batch.status,
    priority: batchPriorities.indexOf(batch.options.priority),
    ...reasonColumns(batch.reason),
    options: JSON.stringify(batch.options),
    by_server: Number(batch.byServer),
    run: batch.run,
    used_files: batch.used.files,
    used_bytes: batch.used.bytes,
    used_ms: batch.used.ms,
    waits_until: batch.waitsUntil,
    waiting_since: batch.waitingSince,
    boost: batch.boost,
    started_at: batch.startedAt,
    updated_at: batch.updatedAt,
    ended_at: batch.endedAt,
  };
}

function batchOf(row: Selectable<BatchTables['batches']>): BatchRow {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    status: row.status,
    reason: reasonOfRow(row),
    origin: readJson(originSchema, row.origin),
    options: readJson(batchOptionsSchema, row.options),
    byServer: row.by_server === 1,
    run: row.run,
    used: { files: row.used_files, bytes: row.used_bytes, ms: row.used_ms },
    waitsUntil: row.waits_until,
    waitingSince: row.waiting_since,
    boost: row.boost,
    actor: readJson(actorSchema, row.actor),
    createdAt: row.created_at,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  };
}
