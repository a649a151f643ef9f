/** The job tables and how their rows become what the port speaks of. */
import { type GeneratedAlways, type Selectable, sql } from 'kysely';
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import { columnTypes, createPositionedTable, createTable, type Migration } from '#platform/db';

import type { JobError, JobRunView, JobStatus, JobView, RunOutcome } from './job-queue.ts';

export interface JobTables {
  kura_jobs: JobTable;
  kura_job_runs: JobRunRow;
}

interface JobTable {
  position: GeneratedAlways<number>;
  id: string;
  name: string;
  status: JobStatus;
  payload: string;
  priority: number;
  idempotency_key: string | null;
  run_after: Instant;
  attempts: number;
  max_attempts: number;
  /** Fencing token: the number of claims so far. */
  run: number;
  lease_until: Instant | null;
  progress: string | null;
  cancel_requested: number;
  error: string | null;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
}

export type JobRow = Selectable<JobTable>;

export interface JobRunRow {
  job_id: string;
  run: number;
  attempt: number;
  worker: string;
  started_at: Instant;
  ended_at: Instant | null;
  outcome: RunOutcome | null;
  error: string | null;
}

export const jobMigrations: readonly Migration[] = [
  {
    id: 'jobs-0001-queue-and-run-log',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      await createPositionedTable(db, dialect, 'kura_jobs')
        .addColumn('id', type.text, (column) => column.notNull().unique())
        .addColumn('name', type.text, (column) => column.notNull())
        .addColumn('status', type.text, (column) => column.notNull())
        .addColumn('payload', type.json, (column) => column.notNull())
        .addColumn('priority', type.integer, (column) => column.notNull())
        .addColumn('idempotency_key', type.text)
        .addColumn('run_after', type.instant, (column) => column.notNull())
        .addColumn('attempts', type.integer, (column) => column.notNull())
        .addColumn('max_attempts', type.integer, (column) => column.notNull())
        .addColumn('run', type.integer, (column) => column.notNull())
        .addColumn('lease_until', type.instant)
        .addColumn('progress', type.json)
        .addColumn('cancel_requested', type.flag, (column) => column.notNull())
        .addColumn('error', type.json)
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('started_at', type.instant)
        .addColumn('finished_at', type.instant)
        .addUniqueConstraint('kura_jobs_idempotency', ['name', 'idempotency_key'])
        .execute();
      await createTable(db, dialect, 'kura_job_runs')
        .addColumn('job_id', type.text, (column) => column.notNull().references('kura_jobs.id').onDelete('cascade'))
        .addColumn('run', type.integer, (column) => column.notNull())
        .addColumn('attempt', type.integer, (column) => column.notNull())
        .addColumn('worker', type.text, (column) => column.notNull())
        .addColumn('started_at', type.instant, (column) => column.notNull())
        .addColumn('ended_at', type.instant)
        .addColumn('outcome', type.text)
        .addColumn('error', type.json)
        .addPrimaryKeyConstraint('kura_job_runs_key', ['job_id', 'run'])
        .execute();
      await sql`create index kura_jobs_due on kura_jobs (name, priority desc, position) where status = 'queued'`.execute(
        db,
      );
      await sql`create index kura_jobs_leased on kura_jobs (lease_until) where status = 'running'`.execute(db);
    },
  },
];

const errorSchema: z.ZodType<JobError> = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  errorId: z.string().nullable(),
});

export function jobView(row: JobRow): JobView {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    status: row.status,
    payload: parseJson(row.payload),
    priority: row.priority,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    progress: parseJson(row.progress),
    cancelRequested: row.cancel_requested === 1,
    error: parseError(row.error),
    createdAt: row.created_at,
    runAfter: row.run_after,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

export function jobRunView(row: JobRunRow): JobRunView {
  return {
    run: row.run,
    attempt: row.attempt,
    worker: row.worker,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    error: parseError(row.error),
  };
}

export function parseJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

export function parseError(text: string | null): JobError | null {
  return text === null ? null : errorSchema.parse(JSON.parse(text));
}
