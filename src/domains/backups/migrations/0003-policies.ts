/** Facts of jobs and copies, policies, schedules, storage providers, and verdicts over time. */
import type { Kysely } from 'kysely';

import { nowInstant, systemClock } from '#kernel/clock';
import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

import type { PolicyTables } from '../store/policy-tables.ts';

export const policiesMigration: Migration = {
  id: 'backups-0003-policies',
  up: async (db, dialect) => {
    await extendJobs(db, dialect);
    await extendCopies(db, dialect);
    await extendVerdicts(db, dialect);
    await createPolicies(db, dialect);
    await insertPolicies(db);
    await createSchedules(db, dialect);
    await createProviders(db, dialect);
    await createHistory(db, dialect);
  },
};

async function extendJobs(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  const jobs = db.schema.alterTable('backup_jobs');
  await jobs.addColumn('kind', type.text, (column) => column.notNull().defaultTo('files')).execute();
  await jobs.addColumn('description', type.text, (column) => column.notNull().defaultTo('')).execute();
  await jobs.addColumn('criticality', type.text, (column) => column.notNull().defaultTo('normal')).execute();
  await jobs.addColumn('tags', type.json, (column) => column.notNull().defaultTo('[]')).execute();
  for (const name of ['rpo_minutes', 'rto_minutes', 'retention_days']) {
    await jobs.addColumn(name, type.integer).execute();
  }
  const texts = ['owner', 'data_class', 'target', 'policy', 'pause_reason', 'archive_reason', 'legal_hold'];
  for (const name of texts) await jobs.addColumn(name, type.text).execute();
  for (const name of ['paused_until', 'archived_at', 'updated_at']) {
    await jobs.addColumn(name, type.instant).execute();
  }
}

async function extendCopies(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  const copies = db.schema.alterTable('backup_copies');
  await copies.addColumn('engine', type.text, (column) => column.notNull().defaultTo('kura-vault')).execute();
  await copies.addColumn('tool', type.text).execute();
  await copies.addColumn('engine_settings', type.json, (column) => column.notNull().defaultTo('{}')).execute();
  await copies.addColumn('provider', type.text).execute();
  await copies.addColumn('enabled', type.flag, (column) => column.notNull().defaultTo(1)).execute();
  await copies.addColumn('locked_until', type.instant).execute();
}

async function extendVerdicts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  const verdicts = db.schema.alterTable('backup_verdicts');
  await verdicts.addColumn('valid_until', type.instant).execute();
  await verdicts.addColumn('evaluated_at', type.instant).execute();
  await verdicts.addColumn('score', type.integer, (column) => column.notNull().defaultTo(0)).execute();
  await verdicts.addColumn('last_run_at', type.instant).execute();
  await verdicts.addColumn('last_run_result', type.text).execute();
  await verdicts.addColumn('last_good_at', type.instant).execute();
  await db.schema
    .createIndex('backup_verdicts_by_turn')
    .on('backup_verdicts')
    .columns(['valid_until', 'job_key'])
    .execute();
}

async function createPolicies(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_policies')
    .addColumn('key', type.text, (column) => column.primaryKey().notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addColumn('data_class', type.text, (column) => column.unique())
    .addColumn('rules', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
}

async function createSchedules(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_schedules')
    .addColumn('job_key', type.text, (column) =>
      column.primaryKey().notNull().references('backup_jobs.key').onDelete('cascade'),
    )
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('cron', type.text, (column) => column.notNull())
    .addColumn('zone', type.text, (column) => column.notNull())
    .addColumn('enabled', type.flag, (column) => column.notNull())
    .addColumn('rules', type.json, (column) => column.notNull())
    .addColumn('hooks', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'backup_holidays')
    .addColumn('calendar', type.text, (column) => column.notNull())
    .addColumn('day', type.text, (column) => column.notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('backup_holidays_key', ['calendar', 'day'])
    .execute();
}

async function createProviders(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_providers')
    .addColumn('key', type.text, (column) => column.primaryKey().notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addColumn('address', type.text)
    .addColumn('site', type.text, (column) => column.notNull())
    .addColumn('media', type.text, (column) => column.notNull())
    .addColumn('login', type.text)
    .addColumn('capacity_bytes', type.bigint)
    .addColumn('warn_percent', type.integer, (column) => column.notNull())
    .addColumn('active', type.flag, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('checked_at', type.instant)
    .addColumn('reachable', type.flag)
    .addColumn('latency_ms', type.real)
    .addColumn('total_bytes', type.bigint)
    .addColumn('free_bytes', type.bigint)
    .addColumn('space_low', type.flag, (column) => column.notNull())
    .addColumn('error_code', type.text)
    .addColumn('error_params', type.json)
    .execute();
  await createTable(db, dialect, 'backup_provider_days')
    .addColumn('provider', type.text, (column) =>
      column.notNull().references('backup_providers.key').onDelete('cascade'),
    )
    .addColumn('day', type.text, (column) => column.notNull())
    .addColumn('used_bytes', type.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('backup_provider_days_key', ['provider', 'day'])
    .execute();
}

async function createHistory(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_verdict_changes')
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('changed_at', type.instant, (column) => column.notNull())
    .addColumn('from_status', type.text)
    .addColumn('to_status', type.text, (column) => column.notNull())
    .addColumn('digits', type.text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('backup_verdict_changes_by_job')
    .on('backup_verdict_changes')
    .columns(['job_key', 'position'])
    .execute();
  await createTable(db, dialect, 'backup_verdict_days')
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('day', type.text, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('digits', type.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('backup_verdict_days_key', ['job_key', 'day'])
    .execute();
  await db.schema
    .createIndex('backup_verdict_days_by_day')
    .on('backup_verdict_days')
    .columns(['day', 'status', 'digits'])
    .execute();
  await createTable(db, dialect, 'backup_estate_days')
    .addColumn('day', type.text, (column) => column.primaryKey().notNull())
    .addColumn('begun_at', type.instant, (column) => column.notNull())
    .execute();
}

/** What each class of data asks for (B-063); people change them as they need. */
async function insertPolicies(db: Kysely<unknown>): Promise<void> {
  const now = nowInstant(systemClock);
  const rows = defaults.map(([key, title, rules]) => ({
    key,
    title,
    data_class: key,
    rules: JSON.stringify(rules),
    created_at: now,
    updated_at: now,
  }));
  await (db as Kysely<PolicyTables>).insertInto('backup_policies').values(rows).execute();
}

const year = 365;
const defaults = [
  ['restricted', 'Restricted', { encryption: 'required', verifyEveryDays: 30, retentionDays: 7 * year }],
  [
    'confidential',
    'Confidential',
    { encryption: 'required', minOffline: 0, advisedOffline: 1, verifyEveryDays: 30, retentionDays: 5 * year },
  ],
  [
    'internal',
    'Internal',
    {
      minCopies: 2,
      minMediaFamilies: 1,
      minOffsite: 0,
      minOffline: 0,
      advisedOffsite: 1,
      encryption: 'advised',
      retentionDays: 3 * year,
    },
  ],
  ['public', 'Public', { minCopies: 1, minMediaFamilies: 1, minOffsite: 0, minOffline: 0, retentionDays: year }],
] as const;
