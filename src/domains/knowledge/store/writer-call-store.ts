/** Calls of the answer writer, counted by day. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { KnowledgeTables } from './knowledge-tables.ts';

export async function writerCallsOn(reads: ReadTables<KnowledgeTables>, day: string): Promise<number> {
  const row = await reads
    .selectFrom('knowledge_writer_calls')
    .select('calls')
    .where('day', '=', day)
    .executeTakeFirst();
  return row?.calls ?? 0;
}

/** False: as many as may be on this day were made already. */
export async function takeWriterCall(
  tables: Tables<KnowledgeTables>,
  { day, most }: { readonly day: string; readonly most: number },
): Promise<boolean> {
  await tables.deleteFrom('knowledge_writer_calls').where('day', '<', day).execute();
  await tables
    .insertInto('knowledge_writer_calls')
    .values({ day, calls: 0 })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
  const taken = await tables
    .updateTable('knowledge_writer_calls')
    .set({ calls: sql`calls + 1` })
    .where('day', '=', day)
    .where('calls', '<', most)
    .returning('calls')
    .execute();
  return taken.length > 0;
}
