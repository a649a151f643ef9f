/** Schedules and holidays as rows. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import { type Hooks, hooksSchema, type ScheduleRules, scheduleRulesSchema } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface StoredSchedule {
  readonly job: string;
  readonly id: string;
  readonly cron: string;
  readonly zone: string;
  readonly enabled: boolean;
  readonly rules: ScheduleRules;
  readonly hooks: Hooks;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Of the jobs, or of all; by job. */
export async function findSchedules(reads: Reads, jobs?: readonly string[]): Promise<readonly StoredSchedule[]> {
  let query = reads.selectFrom('backup_schedules').selectAll();
  if (jobs !== undefined) query = query.where('job_key', 'in', jobs);
  return jobs?.length === 0 ? [] : (await query.orderBy('job_key').execute()).map(scheduleOf);
}

export async function findSchedule(reads: Reads, job: string): Promise<StoredSchedule | undefined> {
  const row = await reads.selectFrom('backup_schedules').selectAll().where('job_key', '=', job).executeTakeFirst();
  return row === undefined ? undefined : scheduleOf(row);
}

export async function saveSchedule(tables: Writes, schedule: StoredSchedule): Promise<void> {
  const columns = {
    cron: schedule.cron,
    zone: schedule.zone,
    enabled: Number(schedule.enabled),
    rules: JSON.stringify(schedule.rules),
    hooks: JSON.stringify(schedule.hooks),
    updated_at: schedule.updatedAt,
  };
  await tables
    .insertInto('backup_schedules')
    .values({ job_key: schedule.job, id: schedule.id, created_at: schedule.createdAt, ...columns })
    .onConflict((conflict) => conflict.column('job_key').doUpdateSet(columns))
    .execute();
}

export async function deleteSchedule(tables: Writes, job: string): Promise<void> {
  await tables.deleteFrom('backup_schedules').where('job_key', '=', job).execute();
}

export interface Holiday {
  readonly calendar: string;
  readonly day: string;
  readonly title: string;
}

/** Of all calendars, or of one, by day. */
export async function findHolidays(reads: Reads, calendar?: string): Promise<readonly Holiday[]> {
  let query = reads.selectFrom('backup_holidays').selectAll();
  if (calendar !== undefined) query = query.where('calendar', '=', calendar);
  return query.orderBy('calendar').orderBy('day').execute();
}

export async function replaceHolidays(tables: Writes, calendar: string, days: readonly Holiday[]): Promise<void> {
  await tables.deleteFrom('backup_holidays').where('calendar', '=', calendar).execute();
  for (let from = 0; from < days.length; from += rowsPerInsert) {
    await tables
      .insertInto('backup_holidays')
      .values(days.slice(from, from + rowsPerInsert))
      .execute();
  }
}

/** Databases bound how many values a query may have. */
const rowsPerInsert = 1000;

function scheduleOf(row: Selectable<BackupsTables['backup_schedules']>): StoredSchedule {
  return {
    job: row.job_key,
    id: row.id,
    cron: row.cron,
    zone: row.zone,
    enabled: row.enabled === 1,
    rules: scheduleRulesSchema.parse(JSON.parse(row.rules)),
    hooks: hooksSchema.parse(JSON.parse(row.hooks)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
