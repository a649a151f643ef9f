/** Reports of other programs, what is expected of them, and what did not come. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const reportsMigration: Migration = {
  id: 'backups-0002-reports',
  up: async (db, dialect) => {
    await createReports(db, dialect);
    await createNames(db, dialect);
    await createReporters(db, dialect);
    await createExpectations(db, dialect);
    await createMissedRuns(db, dialect);
    await indexRuns(db);
  },
};

async function createReports(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_reports')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('tool', type.text, (column) => column.notNull())
    .addColumn('job_name', type.text, (column) => column.notNull())
    .addColumn('copy_name', type.text, (column) => column.notNull())
    .addColumn('run_key', type.text, (column) => column.notNull())
    .addColumn('result', type.text, (column) => column.notNull())
    .addColumn('host', type.text)
    .addColumn('reason', type.text)
    .addColumn('digest', type.text, (column) => column.notNull())
    .addColumn('body', type.json, (column) => column.notNull())
    .addColumn('ended_at', type.instant, (column) => column.notNull())
    .addColumn('received_at', type.instant, (column) => column.notNull())
    .addColumn('received_from', type.text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('backup_reports_by_name')
    .on('backup_reports')
    .columns(['state', 'tool', 'job_name', 'copy_name'])
    .execute();
}

async function createNames(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_report_names')
    .addColumn('tool', type.text, (column) => column.notNull())
    .addColumn('job_name', type.text, (column) => column.notNull())
    .addColumn('copy_name', type.text, (column) => column.notNull())
    .addColumn('copy_id', type.text, (column) => column.references('backup_copies.id').onDelete('cascade'))
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('backup_report_names_key', ['job_name', 'tool', 'copy_name'])
    .execute();
}

async function createReporters(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_reporters')
    .addColumn('reporter', type.text, (column) => column.primaryKey().notNull())
    .addColumn('tool', type.text, (column) => column.notNull())
    .addColumn('host', type.text)
    .addColumn('version', type.text)
    .addColumn('every_minutes', type.integer, (column) => column.notNull())
    .addColumn('waiting', type.integer, (column) => column.notNull())
    .addColumn('last_seen_at', type.instant, (column) => column.notNull())
    .addColumn('silent_since_at', type.instant)
    .execute();
}

async function createExpectations(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_expectations')
    .addColumn('job_key', type.text, (column) =>
      column.primaryKey().notNull().references('backup_jobs.key').onDelete('cascade'),
    )
    .addColumn('cron', type.text)
    .addColumn('zone', type.text, (column) => column.notNull())
    .addColumn('grace_minutes', type.integer)
    .execute();
}

async function createMissedRuns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_missed_runs')
    .addColumn('copy_id', type.text, (column) => column.notNull().references('backup_copies.id').onDelete('cascade'))
    .addColumn('due_at', type.instant, (column) => column.notNull())
    .addColumn('missed_at', type.instant, (column) => column.notNull())
    .addColumn('arrived_at', type.instant)
    .execute();
  await db.schema
    .createIndex('backup_missed_runs_by_copy')
    .on('backup_missed_runs')
    .columns(['copy_id', 'arrived_at'])
    .execute();
}

/** Runs are in order of their own times: a report may come late. */
async function indexRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('backup_runs_newest')
    .on('backup_runs')
    .columns(['copy_id', 'result', 'ended_at', 'id'])
    .execute();
  await db.schema.createIndex('backup_runs_by_end').on('backup_runs').columns(['copy_id', 'ended_at']).execute();
  await db.schema.createIndex('backup_runs_by_start').on('backup_runs').columns(['started_at', 'id']).execute();
}
