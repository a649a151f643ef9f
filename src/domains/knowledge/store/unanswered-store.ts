/** Searches that found nothing, as rows. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { UnansweredSearch } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

/** One search more on `day` (YYYY-MM-DD), and none that nobody repeated since `forgotten`. */
export async function countUnanswered(
  tables: Tables<KnowledgeTables>,
  { folded, query }: { readonly folded: string; readonly query: string },
  { day, forgotten }: { readonly day: string; readonly forgotten: string },
): Promise<void> {
  await tables
    .insertInto('knowledge_unanswered')
    .values({ folded, query, searches: 1, first_on: day, last_on: day })
    .onConflict((conflict) =>
      conflict.column('folded').doUpdateSet({ query, searches: sql`knowledge_unanswered.searches + 1`, last_on: day }),
    )
    .execute();
  await tables.deleteFrom('knowledge_unanswered').where('last_on', '<', forgotten).execute();
}

export async function listUnanswered(
  reads: ReadTables<KnowledgeTables>,
  limit: number,
  /** A day; searches that nobody repeated since are left out. */
  since = '',
): Promise<readonly UnansweredSearch[]> {
  const rows = await reads
    .selectFrom('knowledge_unanswered')
    .selectAll()
    .where('last_on', '>=', since)
    .orderBy('searches', 'desc')
    .orderBy('last_on', 'desc')
    .orderBy('folded')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    query: row.query,
    searches: row.searches,
    firstOn: row.first_on,
    lastOn: row.last_on,
  }));
}
