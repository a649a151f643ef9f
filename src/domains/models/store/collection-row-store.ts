/** What collections found: one row per version, in the order of the search; names come from the catalogue. */
import type { Database, Transaction } from '#platform/db';

import type { CollectingTables } from './collecting-tables.ts';
import { foundVersionOf } from './found-version.ts';
import type { ModelsTables } from './models-tables.ts';

export interface CollectionRow {
  readonly versionId: number;
  readonly modelId: number;
  readonly publishedAt: string | null;
}

export interface AddedRows {
  readonly models: number;
  readonly versions: number;
  readonly newVersions: number;
}

/** Adds the rows that are not there yet, after `place` others; a page read twice changes nothing. */
export async function addCollectionRows(
  tx: Transaction,
  collection: { readonly id: string; readonly baselineId: string | null },
  rows: readonly CollectionRow[],
  place: number,
): Promise<AddedRows> {
  if (rows.length === 0) return { models: 0, versions: 0, newVersions: 0 };
  const known = await publishedOf(tx, collection.baselineId, rows);
  const modelsBefore = await knownModels(tx, collection.id, rows);
  const inserted = await tx
    .tables<CollectingTables>()
    .insertInto('collection_rows')
    .values(
      rows.map((row, index) => ({
        collection_id: collection.id,
        version_id: row.versionId,
        model_id: row.modelId,
        place: place + index,
        published_at: row.publishedAt,
        is_new: Number(known !== undefined && isNews(row, known)),
      })),
    )
    .onConflict((conflict) => conflict.columns(['collection_id', 'version_id']).doNothing())
    .returning(['model_id', 'is_new'])
    .execute();
  return {
    models: new Set(inserted.map((row) => row.model_id).filter((id) => !modelsBefore.has(id))).size,
    versions: inserted.length,
    newVersions: inserted.filter((row) => row.is_new === 1).length,
  };
}

/** A version id nobody knew, or one that was published again since. */
function isNews({ versionId, publishedAt }: CollectionRow, known: ReadonlyMap<number, string | null>): boolean {
  const before = known.get(versionId);
  if (before === undefined) return true;
  return before !== null && publishedAt !== null && publishedAt > before;
}

/** Undefined when there is nothing to compare with. */
async function publishedOf(
  tx: Transaction,
  baselineId: string | null,
  rows: readonly CollectionRow[],
): Promise<ReadonlyMap<number, string | null> | undefined> {
  if (baselineId === null) return undefined;
  const known = await tx
    .tables<CollectingTables>()
    .selectFrom('collection_rows')
    .select(['version_id', 'published_at'])
    .where('collection_id', '=', baselineId)
    .where(
      'version_id',
      'in',
      rows.map((row) => row.versionId),
    )
    .execute();
  return new Map(known.map((row) => [row.version_id, row.published_at]));
}

async function knownModels(tx: Transaction, id: string, rows: readonly CollectionRow[]): Promise<ReadonlySet<number>> {
  const known = await tx
    .tables<CollectingTables>()
    .selectFrom('collection_rows')
    .select('model_id')
    .distinct()
    .where('collection_id', '=', id)
    .where(
      'model_id',
      'in',
      rows.map((row) => row.modelId),
    )
    .execute();
  return new Set(known.map((row) => row.model_id));
}

export interface CollectedItem {
  readonly place: number;
  readonly modelId: number;
  readonly versionId: number;
  readonly name: string;
  readonly versionName: string;
  readonly type: string;
  readonly baseModel: string | null;
  readonly creator: string | null;
  readonly publishedAt: string | null;
  readonly isNew: boolean;
}

export interface ItemFilter {
  readonly only: 'all' | 'new';
  /** After this place; −1 = from the start. */
  readonly after: number;
  readonly limit: number;
}

/** In the order of the search. */
export async function listCollectedItems(
  database: Database,
  id: string,
  { only, after, limit }: ItemFilter,
): Promise<readonly CollectedItem[]> {
  const rows = await database
    .tables<CollectingTables & ModelsTables>()
    .selectFrom('collection_rows as found')
    .leftJoin('catalogue_models as model', 'model.model_id', 'found.model_id')
    .leftJoin('catalogue_versions as version', 'version.version_id', 'found.version_id')
    .select(['found.place', 'found.model_id', 'found.version_id', 'found.published_at', 'found.is_new'])
    .select(['model.name', 'model.type', 'model.creator', 'version.name as version_name', 'version.base_model'])
    .where('found.collection_id', '=', id)
    .where('found.place', '>', after)
    .$if(only === 'new', (query) => query.where('found.is_new', '=', 1))
    .orderBy('found.place')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    place: row.place,
    ...foundVersionOf(row),
    isNew: row.is_new === 1,
  }));
}

/** Ids of everything found, in the order of the ids: the same result gives the same list. */
export async function* collectedIds(database: Database, id: string): AsyncGenerator<readonly [number, number]> {
  let after = -1;
  for (;;) {
    const rows = await database
      .tables<CollectingTables>()
      .selectFrom('collection_rows')
      .select(['model_id', 'version_id'])
      .where('collection_id', '=', id)
      .where('version_id', '>', after)
      .orderBy('version_id')
      .limit(5000)
      .execute();
    for (const row of rows) yield [row.model_id, row.version_id];
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.version_id;
  }
}
