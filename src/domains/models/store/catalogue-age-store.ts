/** How old the catalogue's knowledge is, asked before older records are written over it. */
import type { Transaction } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

/** Numbers per statement: SQLite takes 32,766 parameters. */
const CHUNK = 1000;

export interface CatalogueAge {
  /** When each model was last seen; those not in it are unknown. */
  readonly models: ReadonlyMap<number, string>;
  readonly versions: ReadonlyMap<number, { readonly seenAt: string; readonly place: number }>;
}

export async function readCatalogueAge(
  tx: Transaction,
  asked: { readonly models: readonly number[]; readonly versions: readonly number[] },
): Promise<CatalogueAge> {
  const models = new Map<number, string>();
  for (const ids of chunks(asked.models)) {
    const rows = await tx
      .tables<ModelsTables>()
      .selectFrom('catalogue_models')
      .select(['model_id', 'seen_at'])
      .where('model_id', 'in', ids)
      .execute();
    for (const row of rows) models.set(row.model_id, row.seen_at);
  }
  const versions = new Map<number, { readonly seenAt: string; readonly place: number }>();
  for (const ids of chunks(asked.versions)) {
    const rows = await tx
      .tables<ModelsTables>()
      .selectFrom('catalogue_versions')
      .select(['version_id', 'seen_at', 'place'])
      .where('version_id', 'in', ids)
      .execute();
    for (const row of rows) versions.set(row.version_id, { seenAt: row.seen_at, place: row.place });
  }
  return { models, versions };
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK);
}
