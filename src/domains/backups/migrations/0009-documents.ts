/** Printed reports that are kept, who was told of them, plans that make them, auditors' marks, ISO 19650 metadata. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const documentsMigration: Migration = {
  id: 'backups-0009-documents',
  up: async (db, dialect) => {
    await createDocuments(db, dialect);
    await createDeliveries(db, dialect);
    await createPlans(db, dialect);
    await createMarks(db, dialect);
    await createContainers(db, dialect);
  },
};

async function createDocuments(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_documents')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('format', type.text, (column) => column.notNull())
    .addColumn('table_name', type.text)
    .addColumn('job_key', type.text)
    .addColumn('from_day', type.text, (column) => column.notNull())
    .addColumn('to_day', type.text, (column) => column.notNull())
    .addColumn('language', type.text, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('media_type', type.text, (column) => column.notNull())
    .addColumn('size', type.integer, (column) => column.notNull())
    .addColumn('made_at', type.instant, (column) => column.notNull())
    .addColumn('made_by', type.text, (column) => column.notNull())
    .addColumn('plan', type.text)
    .addColumn('keep_until', type.instant, (column) => column.notNull())
    .addColumn('removed_at', type.instant)
    .addColumn('signature', type.json, (column) => column.notNull())
    .addColumn('content', type.binary)
    .execute();
  const index = db.schema.createIndex('backup_documents_kept').on('backup_documents');
  await index.columns(['removed_at', 'keep_until']).execute();
}

async function createDeliveries(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_document_deliveries')
    .addColumn('document_id', type.text, (column) =>
      column.notNull().references('backup_documents.id').onDelete('cascade'),
    )
    .addColumn('target', type.text, (column) => column.notNull())
    .addColumn('attach', type.flag, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('attached', type.flag, (column) => column.notNull())
    .addColumn('at', type.instant, (column) => column.notNull())
    .execute();
  const index = db.schema.createIndex('backup_document_deliveries_of').on('backup_document_deliveries');
  await index.columns(['document_id', 'position']).execute();
}

async function createPlans(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_document_plans')
    .addColumn('name', type.text, (column) => column.primaryKey().notNull())
    .addColumn('plan', type.json, (column) => column.notNull())
    .addColumn('created_by', type.text, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .execute();
}

async function createMarks(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_control_marks')
    .addColumn('control', type.text, (column) => column.notNull())
    .addColumn('mark', type.text, (column) => column.notNull())
    .addColumn('note', type.text, (column) => column.notNull())
    .addColumn('by_name', type.text, (column) => column.notNull())
    .addColumn('at', type.instant, (column) => column.notNull())
    .execute();
}

async function createContainers(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_containers')
    .addColumn('job_key', type.text, (column) =>
      column.primaryKey().notNull().references('backup_jobs.key').onDelete('cascade'),
    )
    .addColumn('code', type.text, (column) => column.notNull())
    .addColumn('metadata', type.json, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addUniqueConstraint('backup_containers_by_code', ['code'])
    .execute();
}
