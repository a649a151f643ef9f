/** Searches and uses of entries as rows: written in batches, forgotten by day. */
import { sql } from 'kysely';

import type { Tables } from '#platform/db';

import type { UseAction } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

type Writes = Tables<KnowledgeTables>;

export interface SearchRow {
  readonly id: string;
  readonly day: string;
  /** Both empty where the words might be somebody's. */
  readonly folded: string;
  readonly query: string;
  readonly hits: number;
}

/** Whether the batch was not written before; it is, from now on. */
export async function isFirstTime(tables: Writes, { id, day }: { readonly id: string; readonly day: string }) {
  const { numInsertedOrUpdatedRows } = await tables
    .insertInto('knowledge_use_batches')
    .values({ id, noted_on: day })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function forgetBatches(tables: Writes, before: string): Promise<void> {
  await tables.deleteFrom('knowledge_use_batches').where('noted_on', '<', before).execute();
}

export async function insertSearches(tables: Writes, searches: readonly SearchRow[]): Promise<void> {
  const rows = searches.map(({ id, day, folded, query, hits }) => {
    return { id, searched_on: day, folded, query, hits, opened_after_ms: null, opened_place: null };
  });
  for (let from = 0; from < rows.length; from += searchesPerStatement) {
    await tables
      .insertInto('knowledge_searches')
      .values(rows.slice(from, from + searchesPerStatement))
      .execute();
  }
}

/** Seven values each: SQLite takes 32766 in one statement, PostgreSQL 65535. */
const searchesPerStatement = 1000;

export interface Opening {
  readonly search: string;
  readonly afterMs: number;
  readonly place: number;
}

/** Only the first opening of a search counts. */
export async function openSearch(tables: Writes, { search, afterMs, place }: Opening): Promise<void> {
  await tables
    .updateTable('knowledge_searches')
    .set({ opened_after_ms: afterMs, opened_place: place })
    .where('id', '=', search)
    .where('opened_after_ms', 'is', null)
    .execute();
}

export interface UseRow {
  readonly entryId: string;
  readonly action: UseAction;
  readonly day: string;
  readonly viewer: string;
}

export async function addUse(tables: Writes, { entryId, action, day, viewer }: UseRow): Promise<void> {
  await tables
    .insertInto('knowledge_uses')
    .values({ entry_id: entryId, action, used_on: day, viewer, times: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['entry_id', 'used_on', 'action', 'viewer'])
        .doUpdateSet({ times: sql`knowledge_uses.times + 1` }),
    )
    .execute();
}

/** The salt of the month; those of other months are forgotten, and with them whom their hashes meant. */
export async function saltOf(tables: Writes, month: string, fresh: string): Promise<string> {
  await tables.deleteFrom('knowledge_use_salts').where('month', '<', month).execute();
  await tables
    .insertInto('knowledge_use_salts')
    .values({ month, salt: fresh })
    .onConflict((conflict) => conflict.column('month').doNothing())
    .execute();
  const { salt } = await tables
    .selectFrom('knowledge_use_salts')
    .select('salt')
    .where('month', '=', month)
    .executeTakeFirstOrThrow();
  return salt;
}

export async function forgetUses(tables: Writes, before: string): Promise<void> {
  await tables.deleteFrom('knowledge_searches').where('searched_on', '<', before).execute();
  await tables.deleteFrom('knowledge_uses').where('used_on', '<', before).execute();
}
