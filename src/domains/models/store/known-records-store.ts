/** What of a record the catalogue knows already, asked before the record is written. */
import type { Transaction } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

/** Ids per statement: SQLite takes 32,766 parameters. */
const CHUNK = 1000;

export interface KnownRecords {
  readonly models: ReadonlySet<number>;
  /** Of versions: where each stands in its creator's order. */
  readonly places: ReadonlyMap<number, number>;
}

export async function readKnownRecords(
  tx: Transaction,
  asked: { readonly models: readonly number[]; readonly versions: readonly number[] },
): Promise<KnownRecords> {
  const models = new Set<number>();
  for (const ids of chunks(asked.models)) {
    const rows = await tx
      .tables<ModelsTables>()
      .selectFrom('catalogue_models')
      .select('model_id')
      .where('model_id', 'in', ids)
      .execute();
    for (const row of rows) models.add(row.model_id);
  }
  const places = new Map<number, number>();
  for (const ids of chunks(asked.versions)) {
    const rows = await tx
      .tables<ModelsTables>()
      .selectFrom('catalogue_versions')
      .select(['version_id', 'place'])
      .where('version_id', 'in', ids)
      .execute();
    for (const row of rows) places.set(row.version_id, row.place);
  }
  return { models, places };
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK);
}
