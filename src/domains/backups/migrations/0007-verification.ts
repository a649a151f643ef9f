/** Test plans, drill records with their signed revisions and evidence, error tickets, canary files, and coverage. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const verificationMigration: Migration = {
  id: 'backups-0007-verification',
  up: async (db, dialect) => {
    await createTestPlans(db, dialect);
    await createDrills(db, dialect);
    await createDrillRevisions(db, dialect);
    await createDrillEvidence(db, dialect);
    await createTickets(db, dialect);
    await createTicketChanges(db, dialect);
    await createCanaries(db, dialect);
    await createCoverage(db, dialect);
  },
};

async function createTestPlans(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_test_plans')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('frequency', type.text, (column) => column.notNull())
    .addColumn('starts_on', type.text, (column) => column.notNull())
    .addColumn('due_on', type.text, (column) => column.notNull())
    .addColumn('automatic', type.flag, (column) => column.notNull())
    .addColumn('assignee', type.text)
    .addColumn('files', type.integer, (column) => column.notNull())
    .addColumn('checks', type.json, (column) => column.notNull())
    .addColumn('rto_seconds', type.integer)
    .addColumn('rpo_seconds', type.integer)
    .addColumn('active', type.flag, (column) => column.notNull())
    .addColumn('since', type.instant, (column) => column.notNull())
    .addColumn('passed_at', type.instant)
    .addColumn('tried_on', type.text)
    .addColumn('reminded_for', type.text)
    .addColumn('overdue_told_on', type.text)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addUniqueConstraint('backup_test_plans_by_job', ['job_key', 'kind'])
    .execute();
  await db.schema.createIndex('backup_test_plans_due').on('backup_test_plans').columns(['active', 'due_on']).execute();
}

async function createDrills(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_drills')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('copy_id', type.text)
    .addColumn('copy_name', type.text)
    .addColumn('plan_id', type.text)
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('mode', type.text, (column) => column.notNull())
    .addColumn('result', type.text, (column) => column.notNull())
    .addColumn('runner', type.text, (column) => column.notNull())
    .addColumn('tester', type.text, (column) => column.notNull())
    .addColumn('started_at', type.instant, (column) => column.notNull())
    .addColumn('ended_at', type.instant)
    .addColumn('facts', type.json, (column) => column.notNull())
    .addColumn('progress', type.json)
    .execute();
  await db.schema
    .createIndex('backup_drills_by_job')
    .on('backup_drills')
    .columns(['job_key', 'kind', 'position'])
    .execute();
  await db.schema.createIndex('backup_drills_by_result').on('backup_drills').columns(['result', 'position']).execute();
}

async function createDrillRevisions(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_drill_revisions')
    .addColumn('drill_id', type.text, (column) => column.notNull().references('backup_drills.id').onDelete('cascade'))
    .addColumn('revision', type.integer, (column) => column.notNull())
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('by_name', type.text, (column) => column.notNull())
    .addColumn('note', type.text)
    .addColumn('document', type.text, (column) => column.notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('key_id', type.text, (column) => column.notNull())
    .addColumn('public_key', type.text, (column) => column.notNull())
    .addColumn('signature', type.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('backup_drill_revisions_key', ['drill_id', 'revision'])
    .execute();
}

async function createDrillEvidence(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_drill_evidence')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('drill_id', type.text, (column) => column.notNull().references('backup_drills.id').onDelete('cascade'))
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('media_type', type.text, (column) => column.notNull())
    .addColumn('size', type.integer, (column) => column.notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('content', type.binary, (column) => column.notNull())
    .addColumn('added_at', type.instant, (column) => column.notNull())
    .addColumn('added_by', type.text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('backup_drill_evidence_of').on('backup_drill_evidence').columns(['drill_id']).execute();
}

async function createTickets(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_tickets')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('copy_id', type.text)
    .addColumn('copy_name', type.text)
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('cause', type.text, (column) => column.notNull())
    .addColumn('cause_id', type.text)
    .addColumn('importance', type.text, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('error_code', type.text, (column) => column.notNull())
    .addColumn('error_params', type.json, (column) => column.notNull())
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('assignee', type.text)
    .addColumn('times', type.integer, (column) => column.notNull())
    .addColumn('opened_at', type.instant, (column) => column.notNull())
    .addColumn('last_at', type.instant, (column) => column.notNull())
    .addColumn('due_at', type.instant, (column) => column.notNull())
    .addColumn('overdue_told_at', type.instant)
    .addColumn('closed_at', type.instant)
    .addColumn('closed_by', type.text)
    .addColumn('closing_reason', type.text)
    .addColumn('closing_proof', type.text)
    .execute();
  await db.schema
    .createIndex('backup_tickets_by_job')
    .on('backup_tickets')
    .columns(['job_key', 'status', 'position'])
    .execute();
  await db.schema.createIndex('backup_tickets_by_status').on('backup_tickets').columns(['status', 'due_at']).execute();
}

async function createTicketChanges(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_ticket_changes')
    .addColumn('ticket_id', type.text, (column) => column.notNull().references('backup_tickets.id').onDelete('cascade'))
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('by_name', type.text, (column) => column.notNull())
    .addColumn('what', type.text, (column) => column.notNull())
    .addColumn('detail', type.json, (column) => column.notNull())
    .addColumn('note', type.text)
    .execute();
  await db.schema
    .createIndex('backup_ticket_changes_of')
    .on('backup_ticket_changes')
    .columns(['ticket_id', 'position'])
    .execute();
}

async function createCanaries(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_canaries')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
    .addColumn('path', type.text, (column) => column.notNull())
    .addColumn('size', type.integer, (column) => column.notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('planted_at', type.instant, (column) => column.notNull())
    .addColumn('checked_at', type.instant, (column) => column.notNull())
    .addColumn('changed_at', type.instant)
    .addUniqueConstraint('backup_canaries_by_path', ['job_key', 'path'])
    .execute();
}

async function createCoverage(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_coverage')
    .addColumn('copy_id', type.text, (column) =>
      column.primaryKey().notNull().references('backup_copies.id').onDelete('cascade'),
    )
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('items', type.bigint, (column) => column.notNull())
    .addColumn('bytes', type.bigint, (column) => column.notNull())
    .addColumn('never_items', type.bigint, (column) => column.notNull())
    .addColumn('never_bytes', type.bigint, (column) => column.notNull())
    .addColumn('oldest_read_at', type.instant)
    .execute();
}
