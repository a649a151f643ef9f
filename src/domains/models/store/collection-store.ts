/** Collections and their rows. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  type CollectionStatus,
  type CollectQuery,
  collectQuerySchema,
  type SearchStage,
  stageSchema,
} from '../contract/index.ts';
import type { CollectingTables, CollectionPurpose } from './collecting-tables.ts';
import { readJson } from './json-column.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';
import { reasonColumns, reasonOfRow, type StoredReason } from './reason-column.ts';

export interface Collection {
  readonly id: string;
  readonly key: string;
  readonly purpose: CollectionPurpose;
  readonly owner: string;
  readonly query: CollectQuery;
  readonly status: CollectionStatus;
  readonly reason: StoredReason | null;
  readonly cursor: string | null;
  readonly pages: number;
  readonly models: number;
  readonly versions: number;
  readonly newVersions: number;
  readonly baselineId: string | null;
  readonly stages: readonly SearchStage[];
  readonly run: number;
  readonly jobId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

export type CollectionLine = Pick<Collection, 'key' | 'purpose' | 'owner'>;

export async function insertCollection(tx: Transaction, collection: Collection): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .insertInto('collections')
    .values({
      id: collection.id,
      search_key: collection.key,
      purpose: collection.purpose,
      owner: collection.owner,
      query: JSON.stringify(collection.query),
      baseline_id: collection.baselineId,
      created_at: collection.createdAt,
      ...changingColumns(collection),
    })
    .execute();
}

/** False when another reader has taken the collection over since `collection.run`. */
export async function updateCollection(tx: Transaction, collection: Collection): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<CollectingTables>()
    .updateTable('collections')
    .set(changingColumns(collection))
    .where('id', '=', collection.id)
    .where('run', '<=', collection.run)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findCollection(
  reads: Pick<Database | Transaction, 'tables'>,
  id: string,
): Promise<Collection | undefined> {
  const row = await selectAll(reads).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : collectionOf(row);
}

/** The one started last; `status` narrows. */
export async function latestCollection(
  tx: Transaction,
  line: CollectionLine,
  status?: CollectionStatus,
): Promise<Collection | undefined> {
  const row = await selectAll(tx)
    .where('search_key', '=', line.key)
    .where('purpose', '=', line.purpose)
    .where('owner', '=', line.owner)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'completed'))
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : collectionOf(row);
}

export interface CollectionFilter {
  readonly status?: readonly CollectionStatus[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** People's own, last started first. */
export async function listCollections(database: Database, { status, limit, cursor }: CollectionFilter) {
  const rows = await selectAll(database)
    .where('purpose', '=', 'collect')
    .where('position', '<', readPositionCursor(cursor))
    .$if(status !== undefined && status.length > 0, (query) => query.where('status', 'in', [...(status ?? [])]))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  return { items: page.map(collectionOf), nextCursor };
}

/** Collections of this line other than `keepId`. */
export async function removeOtherCollections(tx: Transaction, line: CollectionLine, keepId: string): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .deleteFrom('collections')
    .where('purpose', '=', line.purpose)
    .where('owner', '=', line.owner)
    .where('id', '!=', keepId)
    .execute();
}

/** Everything collected for one owner. */
export async function removeCollectionsOf(tx: Transaction, purpose: CollectionPurpose, owner: string): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .deleteFrom('collections')
    .where('purpose', '=', purpose)
    .where('owner', '=', owner)
    .execute();
}

/** People's own that nobody touched since; what a later one compares with stays. */
export async function pruneCollections(tx: Transaction, before: string): Promise<number> {
  const tables = tx.tables<CollectingTables>();
  const { numDeletedRows } = await tables
    .deleteFrom('collections')
    .where('purpose', '=', 'collect')
    .where('updated_at', '<', before)
    .where('status', 'not in', ['queued', 'running'])
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('collections as later')
        .select('later.baseline_id')
        .where('later.baseline_id', 'is not', null)
        .$castTo<{ baseline_id: string }>(),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function selectAll(reads: Pick<Database | Transaction, 'tables'>) {
  return reads.tables<CollectingTables>().selectFrom('collections').selectAll();
}

function changingColumns(collection: Collection) {
  return {
    status: collection.status,
    ...reasonColumns(collection.reason),
    cursor: collection.cursor,
    pages: collection.pages,
    models: collection.models,
    versions: collection.versions,
    new_versions: collection.newVersions,
    stages: JSON.stringify(collection.stages),
    run: collection.run,
    job_id: collection.jobId,
    updated_at: collection.updatedAt,
    finished_at: collection.finishedAt,
  };
}

function collectionOf(row: Selectable<CollectingTables['collections']>): Collection {
  return {
    id: row.id,
    key: row.search_key,
    purpose: row.purpose,
    owner: row.owner,
    query: readJson(collectQuerySchema, row.query),
    status: row.status,
    reason: reasonOfRow(row),
    cursor: row.cursor,
    pages: row.pages,
    models: row.models,
    versions: row.versions,
    newVersions: row.new_versions,
    baselineId: row.baseline_id,
    stages: readJson(z.array(stageSchema), row.stages),
    run: row.run,
    jobId: row.job_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  };
}
