/** Who let a file in and why; scans of the library; verdicts by bytes, name, rules and limits. */
import type { Kysely } from 'kysely';

import { columnTypes, createTable, type Dialect, type Migration } from '#platform/db';

export const scanningMigration: Migration = {
  id: 'models-0011-scanning',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await db.schema.alterTable('downloads').addColumn('risk_reason', type.text).execute();
    await db.schema.alterTable('library_files').addColumn('admitted', type.json).execute();
    await db.schema.alterTable('quarantine_items').addColumn('format', type.text).execute();
    // Only what a scan tells again; the older rows do not say under which name.
    await db.schema.dropTable('scan_verdicts').execute();
    await createVerdicts(db, dialect);
    await createLibraryScans(db, dialect);
  },
};

async function createVerdicts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'scan_verdicts')
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('rule_set', type.text, (column) => column.notNull())
    .addColumn('limits', type.text, (column) => column.notNull())
    .addColumn('verdict', type.text, (column) => column.notNull())
    .addColumn('format', type.text, (column) => column.notNull())
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('scanned_at', type.instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('scan_verdicts_key', ['sha256', 'name'])
    .execute();
  await createTable(db, dialect, 'file_scans')
    .addColumn('path', type.text, (column) => column.primaryKey().notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('rule_set', type.text, (column) => column.notNull())
    .addColumn('verdict', type.text, (column) => column.notNull())
    .addColumn('format', type.text, (column) => column.notNull())
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('scanned_at', type.instant, (column) => column.notNull())
    .execute();
}

async function createLibraryScans(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'library_scans')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('trigger', type.text, (column) => column.notNull())
    .addColumn('actor', type.text, (column) => column.notNull())
    .addColumn('rule_set', type.text, (column) => column.notNull())
    .addColumn('options', type.json, (column) => column.notNull())
    .addColumn('cursor', type.text)
    .addColumn('counts', type.json, (column) => column.notNull())
    .addColumn('changes', type.json, (column) => column.notNull())
    .addColumn('job_id', type.text)
    .addColumn('started_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('ended_at', type.instant)
    .execute();
}
