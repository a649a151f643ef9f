/** Register, history and verdicts of backups. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const backupsMigration: Migration = {
  id: 'backups-0001-backups',
  up: async (db, dialect) => {
    await createJobs(db, dialect);
    await createCopies(db, dialect);
    await createRuns(db, dialect);
    await createVerifications(db, dialect);
    await createContents(db, dialect);
    await createVerdicts(db, dialect);
  },
};

async function createJobs(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_jobs')
    .addColumn('key', type.text, (column) => column.primaryKey().notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addColumn('source', type.text, (column) => column.notNull())
    .addColumn('site', type.text, (column) => column.notNull())
    .addColumn('every_hours', type.real, (column) => column.notNull())
    .addColumn('verify_every_days', type.integer, (column) => column.notNull())
    .addColumn('active', type.flag, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .execute();
}

async function createCopies(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_copies')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('repository', type.text, (column) => column.notNull())
    .addColumn('vault_id', type.text, (column) => column.notNull())
    .addColumn('encrypted', type.flag, (column) => column.notNull())
    .addColumn('role', type.text, (column) => column.notNull())
    .addColumn('site', type.text, (column) => column.notNull())
    .addColumn('media', type.text, (column) => column.notNull())
    .addColumn('rotation_days', type.integer)
    .addColumn('passphrase_file', type.text)
    .addColumn('medium_state', type.text, (column) => column.notNull())
    .addColumn('medium_state_at', type.instant, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addUniqueConstraint('backup_copies_by_name', ['job_key', 'name'])
    .addUniqueConstraint('backup_copies_by_place', ['job_key', 'vault_id', 'repository'])
    .execute();
}

async function createRuns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_runs')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('copy_id', type.text, (column) => column.notNull().references('backup_copies.id').onDelete('cascade'))
    .addColumn('runner', type.text, (column) => column.notNull())
    .addColumn('result', type.text, (column) => column.notNull())
    .addColumn('started_at', type.instant, (column) => column.notNull())
    .addColumn('ended_at', type.instant)
    .addColumn('snapshot', type.text)
    .addColumn('files', type.bigint, (column) => column.notNull())
    .addColumn('bytes', type.bigint, (column) => column.notNull())
    .addColumn('new_bytes', type.bigint, (column) => column.notNull())
    .addColumn('problems', type.integer, (column) => column.notNull())
    .addColumn('error_code', type.text)
    .addColumn('error_params', type.json)
    .execute();
  await db.schema
    .createIndex('backup_runs_by_copy')
    .on('backup_runs')
    .columns(['copy_id', 'result', 'position'])
    .execute();
}

async function createVerifications(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_verifications')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('copy_id', type.text, (column) => column.notNull().references('backup_copies.id').onDelete('cascade'))
    .addColumn('runner', type.text, (column) => column.notNull())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('result', type.text, (column) => column.notNull())
    .addColumn('started_at', type.instant, (column) => column.notNull())
    .addColumn('ended_at', type.instant)
    .addColumn('seconds', type.real)
    .addColumn('snapshot', type.text)
    .addColumn('objects', type.bigint, (column) => column.notNull())
    .addColumn('bytes', type.bigint, (column) => column.notNull())
    .addColumn('errors', type.integer, (column) => column.notNull())
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('error_code', type.text)
    .addColumn('error_params', type.json)
    .execute();
  await db.schema
    .createIndex('backup_verifications_by_copy')
    .on('backup_verifications')
    .columns(['copy_id', 'kind', 'result', 'position'])
    .execute();
}

async function createContents(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_contents')
    .addColumn('copy_id', type.text, (column) => column.notNull().references('backup_copies.id').onDelete('cascade'))
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('snapshot', type.text, (column) => column.notNull())
    .addColumn('stored_at', type.instant, (column) => column.notNull())
    .addColumn('verified_at', type.instant)
    .addPrimaryKeyConstraint('backup_contents_key', ['copy_id', 'sha256'])
    .execute();
  await db.schema.createIndex('backup_contents_by_hash').on('backup_contents').columns(['sha256']).execute();
}

async function createVerdicts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_verdicts')
    .addColumn('job_key', type.text, (column) =>
      column.primaryKey().notNull().references('backup_jobs.key').onDelete('cascade'),
    )
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('digits', type.json, (column) => column.notNull())
    .addColumn('since', type.instant, (column) => column.notNull())
    .execute();
}
