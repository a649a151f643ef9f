/** What is expected of jobs, and which runs did not come. */
import type { ReadTables, Tables } from '#platform/db';

import type { Expectation } from '../contract/index.ts';
import type { ReportsTables } from './reports-tables.ts';

type Reads = ReadTables<ReportsTables>;
type Writes = Tables<ReportsTables>;

/** By key of the job, of those that were given one. */
export async function findExpectations(
  reads: Reads,
  keys?: readonly string[],
): Promise<ReadonlyMap<string, Expectation>> {
  let query = reads.selectFrom('backup_expectations').selectAll();
  if (keys !== undefined) query = query.where('job_key', 'in', keys);
  const rows = keys?.length === 0 ? [] : await query.execute();
  return new Map(
    rows.map(({ job_key, cron, zone, grace_minutes, calendar }) => [
      job_key,
      { cron, zone, graceMinutes: grace_minutes, skipHolidays: calendar },
    ]),
  );
}

export async function saveExpectation(tables: Writes, key: string, wanted: Expectation): Promise<void> {
  const { cron, zone, graceMinutes, skipHolidays } = wanted;
  const columns = { cron, zone, grace_minutes: graceMinutes, calendar: skipHolidays };
  await tables
    .insertInto('backup_expectations')
    .values({ job_key: key, ...columns })
    .onConflict((conflict) => conflict.column('job_key').doUpdateSet(columns))
    .execute();
}

export interface MissedRun {
  readonly copyId: string;
  readonly dueAt: string;
  readonly missedAt: string;
}

/** Those that have not come yet, of the copies or of all. */
export async function findMissed(reads: Reads, copyIds?: readonly string[]): Promise<readonly MissedRun[]> {
  let query = reads
    .selectFrom('backup_missed_runs')
    .select(['copy_id as copyId', 'due_at as dueAt', 'missed_at as missedAt'])
    .where('arrived_at', 'is', null);
  if (copyIds !== undefined) query = query.where('copy_id', 'in', copyIds);
  return copyIds?.length === 0 ? [] : await query.execute();
}

export async function insertMissed(tables: Writes, { copyId, dueAt, missedAt }: MissedRun): Promise<void> {
  await tables
    .insertInto('backup_missed_runs')
    .values({ copy_id: copyId, due_at: dueAt, missed_at: missedAt, arrived_at: null })
    .execute();
}

/** False when none was missed. */
export async function closeMissed(tables: Writes, copyId: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_missed_runs')
    .set({ arrived_at: at })
    .where('copy_id', '=', copyId)
    .where('arrived_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
