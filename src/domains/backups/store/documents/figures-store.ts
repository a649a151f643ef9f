/** What printed reports count, over a time: from one instant to before another. */
import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { RunResult } from '../../contract/index.ts';
import type { BackupsTables } from '../backups-tables.ts';
import type { MediaTables } from '../media/media-tables.ts';
import { reasonOf } from '../reason-columns.ts';

type Reads = ReadTables<BackupsTables>;

export interface TimeSpan {
  readonly since: string;
  readonly until: string;
  /** Only of this job. */
  readonly job?: string | undefined;
}

/** Counted by minute of the beginning (UTC), from which days of any zone can be made. */
export async function countRunsByMinute(reads: Reads, { since, until, job }: TimeSpan) {
  const minute = sql<string>`substr(started_at, 1, 16)`;
  const rows = await reads
    .selectFrom('backup_runs')
    .$if(job !== undefined, (query) =>
      query.where(
        'copy_id',
        'in',
        reads
          .selectFrom('backup_copies')
          .select('id')
          .where('job_key', '=', job ?? ''),
      ),
    )
    .where('started_at', '>=', since)
    .where('started_at', '<', until)
    .select([minute.as('minute'), 'result', ({ fn }) => fn.countAll<number | string>().as('runs')])
    .groupBy([minute, 'result'])
    .execute();
  return rows.map((row) => ({ ...row, runs: Number(row.runs) }));
}

export interface JobRuns {
  readonly job: string;
  readonly title: string;
  readonly result: RunResult;
  readonly runs: number;
  readonly newBytes: number;
  readonly lastAt: string;
}

export async function countRunsByJob(reads: Reads, { since, until, job }: TimeSpan): Promise<readonly JobRuns[]> {
  const rows = await reads
    .selectFrom('backup_runs')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_runs.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('backup_runs.started_at', '>=', since)
    .where('backup_runs.started_at', '<', until)
    .select(['backup_jobs.key as job', 'backup_jobs.title', 'backup_runs.result'])
    .select(({ fn }) => [
      fn.countAll<number | string>().as('runs'),
      fn.sum<number | string | null>('backup_runs.new_bytes').as('newBytes'),
      fn.max('backup_runs.started_at').as('lastAt'),
    ])
    .groupBy(['backup_jobs.key', 'backup_jobs.title', 'backup_runs.result'])
    .orderBy('backup_jobs.title')
    .execute();
  return rows.map((row) => ({ ...row, runs: Number(row.runs), newBytes: Number(row.newBytes ?? 0) }));
}

/** Newest first. */
export async function findFailedRuns(reads: Reads, { since, until, job }: TimeSpan, limit: number) {
  const rows = await reads
    .selectFrom('backup_runs')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_runs.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('backup_runs.result', 'in', ['failed', 'partial', 'interrupted'])
    .where('backup_runs.started_at', '>=', since)
    .where('backup_runs.started_at', '<', until)
    .select(['backup_jobs.title', 'backup_copies.name as copy', 'backup_runs.started_at as startedAt'])
    .select(['backup_runs.result', 'backup_runs.error_code', 'backup_runs.error_params'])
    .orderBy('backup_runs.started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, error: reasonOf(row) }));
}

/** Newest first. */
export async function findVerdictChanges(reads: Reads, { since, until, job }: TimeSpan, limit: number) {
  return await reads
    .selectFrom('backup_verdict_changes')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_verdict_changes.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('changed_at', '>=', since)
    .where('changed_at', '<', until)
    .select(['backup_jobs.title', 'changed_at as at', 'from_status as from', 'to_status as to', 'digits'])
    .orderBy('backup_verdict_changes.position', 'desc')
    .limit(limit)
    .execute();
}

/** Newest first; also those that are still running. */
export async function findDrills(reads: Reads, { since, until, job }: TimeSpan, limit: number) {
  return await reads
    .selectFrom('backup_drills')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_drills.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('started_at', '>=', since)
    .where('started_at', '<', until)
    .select(['backup_jobs.title', 'copy_name as copy', 'backup_drills.kind', 'mode', 'result', 'tester'])
    .select(['started_at as startedAt', 'ended_at as endedAt'])
    .orderBy('backup_drills.position', 'desc')
    .limit(limit)
    .execute();
}

/** By result; also those that are still running. */
export async function countDrills(reads: Reads, { since, until, job }: TimeSpan) {
  const rows = await reads
    .selectFrom('backup_drills')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_drills.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('started_at', '>=', since)
    .where('started_at', '<', until)
    .select(['result', ({ fn }) => fn.countAll<number | string>().as('drills')])
    .groupBy('result')
    .execute();
  return new Map(rows.map(({ result, drills }) => [result, Number(drills)]));
}

/** Opened or closed in the time, or open at its end; newest first. */
export async function findTickets(reads: Reads, { since, until, job }: TimeSpan, limit: number) {
  return await reads
    .selectFrom('backup_tickets')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_tickets.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('opened_at', '<', until)
    .where((where) => where.or([where('closed_at', 'is', null), where('closed_at', '>=', since)]))
    .select(['backup_tickets.position as number', 'backup_jobs.title', 'copy_name as copy', 'backup_tickets.kind'])
    .select(['importance', 'status', 'opened_at as openedAt', 'closed_at as closedAt', 'closed_by as closedBy'])
    .orderBy('backup_tickets.position', 'desc')
    .limit(limit)
    .execute();
}

/** Opened before the end of the time and not closed since. */
export async function countOpenTickets(reads: Reads, { until, job }: Pick<TimeSpan, 'until' | 'job'>): Promise<number> {
  const { tickets } = await reads
    .selectFrom('backup_tickets')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_tickets.job_key')
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''))
    .where('opened_at', '<', until)
    .where('closed_at', 'is', null)
    .select(({ fn }) => fn.countAll<number | string>().as('tickets'))
    .executeTakeFirstOrThrow();
  return Number(tickets);
}

/** By days of the house, both inclusive. */
export async function findSwaps(reads: ReadTables<MediaTables>, from: string, to: string, limit: number) {
  return await reads
    .selectFrom('backup_media_swaps')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select(['set_key as set', 'day', 'state', 'planned', 'taken_out as takenOut', 'put_in as putIn', 'actor'])
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();
}

/** Verdicts at the end of each day, counted. */
export async function countVerdictDays(
  reads: Reads,
  { from, to, job }: { readonly from: string; readonly to: string; readonly job?: string | undefined },
) {
  const rows = await reads
    .selectFrom('backup_verdict_days')
    .$if(job !== undefined, (query) => query.where('job_key', '=', job ?? ''))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select(['day', 'status', ({ fn }) => fn.countAll<number | string>().as('jobs')])
    .groupBy(['day', 'status'])
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, jobs: Number(row.jobs) }));
}
