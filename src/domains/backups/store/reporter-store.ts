/** Reporters: programs on other machines that hand in reports and say that they are alive. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { ReporterView } from '../contract/index.ts';
import type { ReportsTables } from './reports-tables.ts';

export async function listReporters(reads: ReadTables<ReportsTables>): Promise<readonly ReporterView[]> {
  const rows = await reads.selectFrom('backup_reporters').selectAll().orderBy('reporter').execute();
  return rows.map(reporterOf);
}

export async function findReporter(
  reads: ReadTables<ReportsTables>,
  reporter: string,
): Promise<ReporterView | undefined> {
  const row = await reads
    .selectFrom('backup_reporters')
    .selectAll()
    .where('reporter', '=', reporter)
    .executeTakeFirst();
  return row === undefined ? undefined : reporterOf(row);
}

export async function saveReporter(tables: Tables<ReportsTables>, one: ReporterView): Promise<void> {
  const columns = {
    tool: one.tool,
    host: one.host,
    version: one.version,
    every_minutes: one.everyMinutes,
    waiting: one.waiting,
    last_seen_at: one.lastSeenAt,
    silent_since_at: one.silentSince,
  };
  await tables
    .insertInto('backup_reporters')
    .values({ reporter: one.reporter, ...columns })
    .onConflict((conflict) => conflict.column('reporter').doUpdateSet(columns))
    .execute();
}

/** False when it was heard of since it was read. */
export async function markSilent(
  tables: Tables<ReportsTables>,
  { reporter, lastSeenAt }: Pick<ReporterView, 'reporter' | 'lastSeenAt'>,
  since: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_reporters')
    .set({ silent_since_at: since })
    .where('reporter', '=', reporter)
    .where('last_seen_at', '=', lastSeenAt)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False when there is none of that name. */
export async function deleteReporter(tables: Tables<ReportsTables>, reporter: string): Promise<boolean> {
  const { numDeletedRows } = await tables
    .deleteFrom('backup_reporters')
    .where('reporter', '=', reporter)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function reporterOf(row: Selectable<ReportsTables['backup_reporters']>): ReporterView {
  return {
    reporter: row.reporter,
    tool: row.tool,
    host: row.host,
    version: row.version,
    everyMinutes: row.every_minutes,
    waiting: row.waiting,
    lastSeenAt: row.last_seen_at,
    silentSince: row.silent_since_at,
  };
}
