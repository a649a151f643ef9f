/** What the files of a batch took together. */
import { sql } from 'kysely';

import type { Database } from '#platform/db';

import type { BatchTables } from './batch-tables.ts';

/** Working time of all its files together, in milliseconds. */
export async function workedMs(database: Database, batchId: string): Promise<number> {
  const row = await database
    .tables<BatchTables>()
    .selectFrom('batch_items')
    .select(sql<number | string | null>`sum(ms)`.as('worked'))
    .where('batch_id', '=', batchId)
    .executeTakeFirst();
  return Number(row?.worked ?? 0);
}
