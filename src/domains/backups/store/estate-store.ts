/** Verdicts over time, and all of them together. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { VerdictStatusName } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface DayVerdict {
  readonly job: string;
  readonly day: string;
  readonly status: VerdictStatusName;
  /** One letter per digit in the order of the rule: p(ass), f(ail), u(nknown). */
  readonly digits: string;
}

export interface VerdictChange {
  readonly job: string;
  readonly at: string;
  readonly from: VerdictStatusName | null;
  readonly to: VerdictStatusName;
  readonly digits: string;
}

/** How many jobs had the same verdict. */
export interface VerdictCount {
  readonly status: VerdictStatusName;
  readonly digits: string;
  readonly jobs: number;
}

export async function saveChange(tables: Writes, { job, at, from, to, digits }: VerdictChange): Promise<void> {
  await tables
    .insertInto('backup_verdict_changes')
    .values({ job_key: job, changed_at: at, from_status: from, to_status: to, digits })
    .execute();
}

/** The last one of the day is the one of the day. */
export async function saveDay(tables: Writes, { job, day, status, digits }: DayVerdict): Promise<void> {
  await tables
    .insertInto('backup_verdict_days')
    .values({ job_key: job, day, status, digits })
    .onConflict((conflict) => conflict.columns(['job_key', 'day']).doUpdateSet({ status, digits }))
    .execute();
}

/** It is not judged at the end of the day any more. */
export async function deleteDay(tables: Writes, job: string, day: string): Promise<void> {
  await tables.deleteFrom('backup_verdict_days').where('job_key', '=', job).where('day', '=', day).execute();
}

export async function isDayBegun(reads: Reads, day: string): Promise<boolean> {
  const row = await reads.selectFrom('backup_estate_days').select('day').where('day', '=', day).executeTakeFirst();
  return row !== undefined;
}

/** What has changed since the day began is left as it is. */
export async function beginDay(
  tables: Writes,
  { day, at, verdicts }: { readonly day: string; readonly at: string; readonly verdicts: readonly DayVerdict[] },
): Promise<void> {
  for (let from = 0; from < verdicts.length; from += rowsPerInsert) {
    const rows = verdicts.slice(from, from + rowsPerInsert);
    await tables
      .insertInto('backup_verdict_days')
      .values(rows.map(({ job, status, digits }) => ({ job_key: job, day, status, digits })))
      .onConflict((conflict) => conflict.columns(['job_key', 'day']).doNothing())
      .execute();
  }
  await tables
    .insertInto('backup_estate_days')
    .values({ day, begun_at: at })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
}

/** Databases bound how many values a query may have. */
const rowsPerInsert = 1000;

/** Newest first. */
export async function changesOf(reads: Reads, job: string, limit: number): Promise<readonly VerdictChange[]> {
  const rows = await reads
    .selectFrom('backup_verdict_changes')
    .selectAll()
    .where('job_key', '=', job)
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    job: row.job_key,
    at: row.changed_at,
    from: row.from_status,
    to: row.to_status,
    digits: row.digits,
  }));
}

/** Oldest first. */
export async function daysOf(reads: Reads, job: string, since: string): Promise<readonly DayVerdict[]> {
  const rows = await reads
    .selectFrom('backup_verdict_days')
    .selectAll()
    .where('job_key', '=', job)
    .where('day', '>=', since)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ job: row.job_key, day: row.day, status: row.status, digits: row.digits }));
}

/** Of each day since then, oldest first. */
export async function countsByDay(
  reads: Reads,
  since: string,
): Promise<ReadonlyArray<VerdictCount & { readonly day: string }>> {
  const rows = await reads
    .selectFrom('backup_verdict_days')
    .select(['day', 'status', 'digits', ({ fn }) => fn.countAll<number | string>().as('jobs')])
    .where('day', '>=', since)
    .groupBy(['day', 'status', 'digits'])
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, jobs: Number(row.jobs) }));
}

export interface PresentCount extends VerdictCount {
  /** The first instant at which one of them changes if nothing happens; null for never. */
  readonly validUntil: string | null;
}

/** `digits` is JSON here, as the present verdicts are kept. */
export async function presentCounts(reads: Reads): Promise<readonly PresentCount[]> {
  const rows = await reads
    .selectFrom('backup_verdicts')
    .select(['status', 'digits'])
    .select(({ fn }) => [fn.countAll<number | string>().as('jobs'), fn.min('valid_until').as('validUntil')])
    .groupBy(['status', 'digits'])
    .execute();
  return rows.map((row) => ({ ...row, jobs: Number(row.jobs) }));
}

export async function dropDaysBefore(tables: Writes, day: string): Promise<void> {
  await tables.deleteFrom('backup_verdict_days').where('day', '<', day).execute();
  await tables.deleteFrom('backup_estate_days').where('day', '<', day).execute();
}

/** Copies in use by site, medium and engine. */
export async function countCopies(reads: Reads) {
  const rows = await reads
    .selectFrom('backup_copies')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .where('backup_jobs.archived_at', 'is', null)
    .where('backup_copies.enabled', '=', 1)
    .select(['backup_copies.site', 'backup_copies.media', 'backup_copies.engine'])
    .select(sql<number | string>`count(*)`.as('copies'))
    .groupBy(['backup_copies.site', 'backup_copies.media', 'backup_copies.engine'])
    .execute();
  return rows.map((row) => ({ ...row, copies: Number(row.copies) }));
}
