/** Saved searches, watches, what they know and what they found. */
import type { Selectable } from 'kysely';

import type { Database, Transaction } from '#platform/db';

import { type CollectQuery, collectQuerySchema, type WatchFinding, type WatchOutcome } from '../contract/index.ts';
import type { CollectingTables } from './collecting-tables.ts';
import { foundVersionOf } from './found-version.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';
import { reasonColumns, reasonOfRow, type StoredReason } from './reason-column.ts';

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly query: CollectQuery;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Watch {
  readonly id: string;
  readonly name: string;
  readonly searchId: string;
  readonly hasBaseline: boolean;
  readonly lastRunAt: string | null;
  readonly lastOutcome: WatchOutcome | null;
  readonly reason: StoredReason | null;
  readonly createdAt: string;
}

type Reads = Pick<Database | Transaction, 'tables'>;

/** A search of this name takes the query over. */
export async function saveSearchRow(
  tx: Transaction,
  { id, name, query, createdAt, updatedAt }: SavedSearch,
): Promise<void> {
  const changes = { query: JSON.stringify(query), updated_at: updatedAt };
  await tx
    .tables<CollectingTables>()
    .insertInto('saved_searches')
    .values({ id, name, created_at: createdAt, ...changes })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(changes))
    .execute();
}

export async function findSavedSearch(
  reads: Reads,
  by: { readonly name: string } | { readonly id: string },
): Promise<SavedSearch | undefined> {
  const query = reads.tables<CollectingTables>().selectFrom('saved_searches').selectAll();
  const row = await ('id' in by ? query.where('id', '=', by.id) : query.where('name', '=', by.name)).executeTakeFirst();
  return row === undefined ? undefined : savedSearchOf(row);
}

export async function listSavedSearches(database: Database): Promise<readonly SavedSearch[]> {
  const rows = await database
    .tables<CollectingTables>()
    .selectFrom('saved_searches')
    .selectAll()
    .orderBy('name')
    .execute();
  return rows.map(savedSearchOf);
}

export async function removeSearchRow(tx: Transaction, id: string): Promise<void> {
  await tx.tables<CollectingTables>().deleteFrom('saved_searches').where('id', '=', id).execute();
}

export async function insertWatch(tx: Transaction, watch: Watch): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .insertInto('watches')
    .values({
      id: watch.id,
      name: watch.name,
      search_id: watch.searchId,
      created_at: watch.createdAt,
      ...changingColumns(watch),
    })
    .execute();
}

export async function updateWatch(tx: Transaction, watch: Watch): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .updateTable('watches')
    .set(changingColumns(watch))
    .where('id', '=', watch.id)
    .execute();
}

export async function removeWatchRow(tx: Transaction, id: string): Promise<void> {
  await tx.tables<CollectingTables>().deleteFrom('watches').where('id', '=', id).execute();
}

export async function findWatch(
  reads: Reads,
  by: { readonly name: string } | { readonly id: string },
): Promise<Watch | undefined> {
  const query = reads.tables<CollectingTables>().selectFrom('watches').selectAll();
  const row = await ('id' in by ? query.where('id', '=', by.id) : query.where('name', '=', by.name)).executeTakeFirst();
  return row === undefined ? undefined : watchOf(row);
}

export async function listWatches(reads: Reads): Promise<readonly Watch[]> {
  const rows = await reads.tables<CollectingTables>().selectFrom('watches').selectAll().orderBy('name').execute();
  return rows.map(watchOf);
}

/** How many versions a watch knows, and how many findings nobody has seen. */
export async function watchCounts(
  reads: Reads,
  id: string,
): Promise<{ readonly known: number; readonly unseen: number }> {
  const tables = reads.tables<CollectingTables>();
  const known = await tables
    .selectFrom('watch_known')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('watch_id', '=', id)
    .executeTakeFirst();
  const unseen = await tables
    .selectFrom('watch_findings')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('watch_id', '=', id)
    .where('seen_at', 'is', null)
    .executeTakeFirst();
  return { known: known?.count ?? 0, unseen: unseen?.count ?? 0 };
}

/** What the collection has and the watch does not know becomes findings. Returns how many. */
export async function addFindings(tx: Transaction, watchId: string, collectionId: string, at: string): Promise<number> {
  const tables = tx.tables<CollectingTables>();
  const news = await tables
    .selectFrom('collection_rows as found')
    .leftJoin('watch_known as known', (join) =>
      join.onRef('known.version_id', '=', 'found.version_id').on('known.watch_id', '=', watchId),
    )
    .select(['found.version_id', 'found.model_id'])
    .where('found.collection_id', '=', collectionId)
    .where((eb) =>
      eb.or([eb('known.version_id', 'is', null), eb('found.published_at', '>', eb.ref('known.published_at'))]),
    )
    .orderBy('found.place', 'desc')
    .execute();
  for (let start = 0; start < news.length; start += CHUNK) {
    const rows = news
      .slice(start, start + CHUNK)
      .map((row) => ({ watch_id: watchId, ...row, found_at: at, seen_at: null }));
    await tables.insertInto('watch_findings').values(rows).execute();
  }
  return news.length;
}

/** Rows per statement: SQLite takes 32,766 parameters. */
const CHUNK = 4000;

/** From now on the watch knows what the collection has. */
export async function rememberKnown(tx: Transaction, watchId: string, collectionId: string): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .insertInto('watch_known')
    .columns(['watch_id', 'version_id', 'published_at'])
    .expression((eb) =>
      eb
        .selectFrom('collection_rows')
        .select((one) => [one.val(watchId).as('watch_id'), 'version_id', 'published_at'])
        .where('collection_id', '=', collectionId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['watch_id', 'version_id'])
        .doUpdateSet((eb) => ({ published_at: eb.ref('excluded.published_at') })),
    )
    .execute();
}

export interface FindingFilter {
  readonly only: 'all' | 'unseen';
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export type StoredFinding = Omit<WatchFinding, 'pageUrl'>;

/** Last found first. @throws KuraError `models.bad-cursor`. */
export async function listFindings(database: Database, watchId: string, { only, limit, cursor }: FindingFilter) {
  const rows = await database
    .tables<CollectingTables & ModelsTables>()
    .selectFrom('watch_findings as found')
    .leftJoin('catalogue_models as model', 'model.model_id', 'found.model_id')
    .leftJoin('catalogue_versions as version', 'version.version_id', 'found.version_id')
    .select(['found.position', 'found.model_id', 'found.version_id', 'found.found_at', 'found.seen_at'])
    .select(['model.name', 'model.type', 'model.creator'])
    .select(['version.name as version_name', 'version.base_model', 'version.published_at'])
    .where('found.watch_id', '=', watchId)
    .where('found.position', '<', readPositionCursor(cursor))
    .$if(only === 'unseen', (query) => query.where('found.seen_at', 'is', null))
    .orderBy('found.position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  const items: readonly StoredFinding[] = page.map((row) => ({
    position: row.position,
    ...foundVersionOf(row),
    foundAt: row.found_at,
    seenAt: row.seen_at,
  }));
  return { items, nextCursor };
}

export async function markSeen(tx: Transaction, watchId: string, upTo: number, at: string): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .updateTable('watch_findings')
    .set({ seen_at: at })
    .where('watch_id', '=', watchId)
    .where('position', '<=', upTo)
    .where('seen_at', 'is', null)
    .execute();
}

function changingColumns(watch: Watch) {
  return {
    has_baseline: Number(watch.hasBaseline),
    last_run_at: watch.lastRunAt,
    last_outcome: watch.lastOutcome,
    ...reasonColumns(watch.reason),
  };
}

function savedSearchOf(row: Selectable<CollectingTables['saved_searches']>): SavedSearch {
  const query = readJson(collectQuerySchema, row.query);
  return { id: row.id, name: row.name, query, createdAt: row.created_at, updatedAt: row.updated_at };
}

function watchOf(row: Selectable<CollectingTables['watches']>): Watch {
  return {
    id: row.id,
    name: row.name,
    searchId: row.search_id,
    hasBaseline: row.has_baseline === 1,
    lastRunAt: row.last_run_at,
    lastOutcome: row.last_outcome,
    reason: reasonOfRow(row),
    createdAt: row.created_at,
  };
}
