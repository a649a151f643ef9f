/** The files of batches, one row each, in the order of the list. */
import { type Selectable, sql } from 'kysely';

import type { Database, Transaction } from '#platform/db';

import type { BatchItemStatus, BatchOrder, BatchTally } from '../contract/batch-shapes.ts';
import type { ScanVerdict } from '../contract/index.ts';
import type { BatchTables } from './batch-tables.ts';
import { reasonColumns, reasonOfRow, type StoredReason } from './reason-column.ts';

export interface BatchItem {
  readonly batchId: string;
  /** From 1. */
  readonly number: number;
  readonly ref: string;
  readonly status: BatchItemStatus;
  /** Which file of the version was asked for; null = the best. */
  readonly selector: string | null;
  readonly modelId: number | null;
  readonly versionId: number | null;
  readonly fileId: number | null;
  readonly name: string | null;
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly verdict: ScanVerdict | null;
  readonly wasThere: boolean;
  readonly attempts: number;
  /** Round of retries it waits for; 0 = the first go. */
  readonly round: number;
  readonly reason: StoredReason | null;
  readonly ms: number | null;
  readonly networkBytes: number;
  /** Requests that were made again, over all attempts. */
  readonly retries: number;
  /** Who sent its bytes, where it was not CivitAI. */
  readonly mirror: string | null;
}

type Reads = Pick<Database | Transaction, 'tables'>;

/** Rows per statement: SQLite takes 32,766 parameters. */
const CHUNK = 1000;

export async function insertBatchItems(tx: Transaction, items: readonly BatchItem[]): Promise<void> {
  for (let start = 0; start < items.length; start += CHUNK) {
    const rows = items.slice(start, start + CHUNK).map((item) => ({
      batch_id: item.batchId,
      number: item.number,
      ref: item.ref,
      selector: item.selector,
      ...changingColumns(item),
    }));
    await tx.tables<BatchTables>().insertInto('batch_items').values(rows).execute();
  }
}

export async function updateBatchItem(tx: Transaction, item: BatchItem): Promise<void> {
  await tx
    .tables<BatchTables>()
    .updateTable('batch_items')
    .set(changingColumns(item))
    .where('batch_id', '=', item.batchId)
    .where('number', '=', item.number)
    .execute();
}

export async function removeBatchItem(tx: Transaction, batchId: string, number: number): Promise<void> {
  await tx
    .tables<BatchTables>()
    .deleteFrom('batch_items')
    .where('batch_id', '=', batchId)
    .where('number', '=', number)
    .execute();
}

export async function findBatchItem(reads: Reads, batchId: string, number: number): Promise<BatchItem | undefined> {
  const row = await selectOf(reads, batchId).where('number', '=', number).executeTakeFirst();
  return row === undefined ? undefined : itemOf(row);
}

/** Another item of the batch that is the same file. */
export async function findTwin(reads: Reads, item: BatchItem): Promise<BatchItem | undefined> {
  if (item.versionId === null || item.fileId === null) return undefined;
  const row = await selectOf(reads, item.batchId)
    .where('version_id', '=', item.versionId)
    .where('file_id', '=', item.fileId)
    .where('number', '!=', item.number)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : itemOf(row);
}

export async function highestNumber(reads: Reads, batchId: string): Promise<number> {
  const row = await reads
    .tables<BatchTables>()
    .selectFrom('batch_items')
    .select((eb) => eb.fn.max('number').as('highest'))
    .where('batch_id', '=', batchId)
    .executeTakeFirst();
  return row?.highest ?? 0;
}

/** What is to be done next: earlier rounds first, then the wanted order; of unknown size last. */
export async function nextBatchItems(
  reads: Reads,
  batchId: string,
  order: BatchOrder,
  limit: number,
): Promise<readonly BatchItem[]> {
  const direction = order === 'largest-first' ? 'desc' : 'asc';
  const rows = await selectOf(reads, batchId)
    .where('status', '=', 'pending')
    .orderBy('round')
    .$if(order !== 'listed', (query) =>
      query.orderBy(sql`case when size_bytes is null then 1 else 0 end`).orderBy('size_bytes', direction),
    )
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(itemOf);
}

export interface BatchItemFilter {
  readonly status?: readonly BatchItemStatus[] | undefined;
  /** After this number. */
  readonly after: number;
  readonly limit: number;
}

export async function listBatchItems(
  reads: Reads,
  batchId: string,
  filter: BatchItemFilter,
): Promise<readonly BatchItem[]> {
  const { status, after, limit } = filter;
  const rows = await selectOf(reads, batchId)
    .where('number', '>', after)
    .$if(status !== undefined && status.length > 0, (query) => query.where('status', 'in', [...(status ?? [])]))
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(itemOf);
}

/** All of these states at once; with `pending` they begin anew. Returns how many. */
export async function moveBatchItems(
  tx: Transaction,
  batchId: string,
  from: readonly BatchItemStatus[],
  to: 'pending' | 'cancelled',
): Promise<number> {
  const { numUpdatedRows } = await tx
    .tables<BatchTables>()
    .updateTable('batch_items')
    .set({ status: to, ...(to === 'pending' ? { round: 0 } : {}) })
    .where('batch_id', '=', batchId)
    .where('status', 'in', [...from])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Whoever ran them is gone: they wait again, in their round. */
export async function releaseBatchItems(tx: Transaction, batchId: string): Promise<void> {
  await tx
    .tables<BatchTables>()
    .updateTable('batch_items')
    .set((eb) => ({ status: 'pending' as const, attempts: eb('attempts', '-', 1) }))
    .where('batch_id', '=', batchId)
    .where('status', '=', 'processing')
    .execute();
}

export async function readTally(reads: Reads, batchId: string): Promise<BatchTally> {
  return (await readTallies(reads, [batchId]))(batchId);
}

export async function readTallies(reads: Reads, ids: readonly string[]): Promise<(id: string) => BatchTally> {
  const rows = ids.length === 0 ? [] : await tallyRows(reads, ids);
  const byBatch = Map.groupBy(rows, ({ batch_id }) => batch_id);
  return (id) => tallyOf(byBatch.get(id) ?? []);
}

type TallyRow = Awaited<ReturnType<typeof tallyRows>>[number];

async function tallyRows(reads: Reads, ids: readonly string[]) {
  return reads
    .tables<BatchTables>()
    .selectFrom('batch_items')
    .select(['batch_id', 'status', 'was_there'])
    .select((eb) => [
      eb.fn.countAll<number | string>().as('files'),
      sql<number | string | null>`sum(size_bytes)`.as('bytes'),
      sql<number | string | null>`sum(network_bytes)`.as('network'),
      sql<number | string | null>`sum(retries + case when attempts > 1 then attempts - 1 else 0 end)`.as('again'),
    ])
    .where('batch_id', 'in', [...ids])
    .groupBy(['batch_id', 'status', 'was_there'])
    .execute();
}

function tallyOf(rows: readonly TallyRow[]): BatchTally {
  const done = rows.filter(({ status }) => status === 'done');
  return {
    files: sum(rows, 'files'),
    pending: filesIn(rows, 'pending'),
    processing: filesIn(rows, 'processing'),
    done: sum(done, 'files'),
    skipped: sum(
      done.filter((row) => row.was_there === 1),
      'files',
    ),
    quarantined: filesIn(rows, 'quarantined'),
    failed: filesIn(rows, 'failed'),
    cancelled: filesIn(rows, 'cancelled'),
    totalBytes: sum(rows, 'bytes'),
    doneBytes: sum(done, 'bytes'),
    networkBytes: sum(rows, 'network'),
    retries: sum(rows, 'again'),
  };
}

function filesIn(rows: readonly TallyRow[], status: BatchItemStatus): number {
  return sum(
    rows.filter((row) => row.status === status),
    'files',
  );
}

/** PostgreSQL counts in texts. */
function sum(rows: readonly TallyRow[], column: 'files' | 'bytes' | 'network' | 'again'): number {
  return rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
}

function selectOf(reads: Reads, batchId: string) {
  return reads.tables<BatchTables>().selectFrom('batch_items').selectAll().where('batch_id', '=', batchId);
}

function changingColumns(item: BatchItem) {
  return {
    status: item.status,
    model_id: item.modelId,
    version_id: item.versionId,
    file_id: item.fileId,
    name: item.name,
    path: item.path,
    size_bytes: item.sizeBytes,
    sha256: item.sha256,
    verdict: item.verdict,
    was_there: Number(item.wasThere),
    attempts: item.attempts,
    round: item.round,
    ...reasonColumns(item.reason),
    ms: item.ms,
    network_bytes: item.networkBytes,
    retries: item.retries,
    mirror: item.mirror,
  };
}

function itemOf(row: Selectable<BatchTables['batch_items']>): BatchItem {
  return {
    batchId: row.batch_id,
    number: row.number,
    ref: row.ref,
    status: row.status,
    selector: row.selector,
    modelId: row.model_id,
    versionId: row.version_id,
    fileId: row.file_id,
    name: row.name,
    path: row.path,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    verdict: row.verdict,
    wasThere: row.was_there === 1,
    attempts: row.attempts,
    round: row.round,
    reason: reasonOfRow(row),
    ms: row.ms,
    networkBytes: row.network_bytes,
    retries: row.retries,
    mirror: row.mirror,
  };
}
