/** What tools said during runs. */
import type { ReadTables, Tables } from '#platform/db';

import type { RunLog } from '../contract/index.ts';
import type { EngineTables } from './engine-tables.ts';

/** The newest word counts when a run is told of twice. */
export async function saveRunLog(tables: Tables<EngineTables>, { runId, tool, version, log }: RunLog): Promise<void> {
  const columns = { tool, version, log };
  await tables
    .insertInto('backup_run_logs')
    .values({ run_id: runId, ...columns })
    .onConflict((conflict) => conflict.column('run_id').doUpdateSet(columns))
    .execute();
}

export async function findRunLog(reads: ReadTables<EngineTables>, runId: string): Promise<RunLog | undefined> {
  const row = await reads.selectFrom('backup_run_logs').selectAll().where('run_id', '=', runId).executeTakeFirst();
  return row === undefined ? undefined : { runId: row.run_id, tool: row.tool, version: row.version, log: row.log };
}
