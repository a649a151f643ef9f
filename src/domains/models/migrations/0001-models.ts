/** Catalogue, downloads, library, verdicts and quarantine. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const modelsMigration: Migration = {
  id: 'models-0001-models',
  up: async (db, dialect) => {
    await createCatalogue(db, dialect);
    await createDownloads(db, dialect);
    await createLibrary(db, dialect);
    await createScanning(db, dialect);
  },
};

async function createCatalogue(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'catalogue_models')
    .addColumn('model_id', type.bigint, (column) => column.primaryKey().notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('type', type.text, (column) => column.notNull())
    .addColumn('creator', type.text)
    .addColumn('tags', type.json, (column) => column.notNull())
    .addColumn('nsfw', type.flag)
    .addColumn('nsfw_level', type.integer)
    .addColumn('licence', type.json, (column) => column.notNull())
    .addColumn('stats', type.json, (column) => column.notNull())
    .addColumn('mode', type.text)
    .addColumn('description', type.text)
    .addColumn('first_seen_at', type.instant, (column) => column.notNull())
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'catalogue_versions')
    .addColumn('version_id', type.bigint, (column) => column.primaryKey().notNull())
    .addColumn('model_id', type.bigint, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('base_model', type.text)
    .addColumn('place', type.integer, (column) => column.notNull())
    .addColumn('published_at', type.instant)
    .addColumn('nsfw_level', type.integer)
    .addColumn('trained_words', type.json, (column) => column.notNull())
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('catalogue_versions_by_model').on('catalogue_versions').column('model_id').execute();
  await createTable(db, dialect, 'catalogue_files')
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('file_id', type.bigint, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('type', type.text, (column) => column.notNull())
    .addColumn('size_bytes', type.bigint)
    .addColumn('format', type.text)
    .addColumn('sha256', type.text)
    .addColumn('hashes', type.json, (column) => column.notNull())
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_files_key', ['version_id', 'file_id'])
    .execute();
  await db.schema.createIndex('catalogue_files_by_sha256').on('catalogue_files').column('sha256').execute();
}

async function createDownloads(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'downloads')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('ref', type.text, (column) => column.notNull())
    .addColumn('model_id', type.bigint)
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('file_id', type.bigint, (column) => column.notNull())
    .addColumn('model_name', type.text, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('type', type.text, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('path', type.text)
    .addColumn('size_bytes', type.bigint)
    .addColumn('sha256', type.text)
    .addColumn('verdict', type.text)
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('layout', type.text, (column) => column.notNull())
    .addColumn('connections', type.integer)
    .addColumn('accept_risk', type.flag, (column) => column.notNull())
    .addColumn('job_id', type.text)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('downloads_by_file')
    .unique()
    .on('downloads')
    .columns(['version_id', 'file_id'])
    .execute();
  await db.schema.createIndex('downloads_by_change').on('downloads').columns(['updated_at', 'position']).execute();
}

async function createLibrary(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'library_files')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('path', type.text, (column) => column.notNull().unique())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('model_name', type.text, (column) => column.notNull())
    .addColumn('type', type.text, (column) => column.notNull())
    .addColumn('base_model', type.text)
    .addColumn('model_id', type.bigint)
    .addColumn('version_id', type.bigint)
    .addColumn('file_id', type.bigint)
    .addColumn('size_bytes', type.bigint, (column) => column.notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('hashes', type.json, (column) => column.notNull())
    .addColumn('trained_words', type.json, (column) => column.notNull())
    .addColumn('sidecars', type.json, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('verdict', type.text, (column) => column.notNull())
    .addColumn('placed_at', type.instant, (column) => column.notNull())
    .addColumn('verified_at', type.instant)
    .execute();
  await db.schema.createIndex('library_files_by_sha256').on('library_files').column('sha256').execute();
  await db.schema.createIndex('library_files_by_file').on('library_files').columns(['version_id', 'file_id']).execute();
}

async function createScanning(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'scan_verdicts')
    .addColumn('sha256', type.text, (column) => column.primaryKey().notNull())
    .addColumn('rule_set', type.text, (column) => column.notNull())
    .addColumn('verdict', type.text, (column) => column.notNull())
    .addColumn('format', type.text, (column) => column.notNull())
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('scanned_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'quarantine_items')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('path', type.text, (column) => column.notNull())
    .addColumn('original_path', type.text, (column) => column.notNull())
    .addColumn('reason', type.text, (column) => column.notNull())
    .addColumn('verdict', type.text)
    .addColumn('size_bytes', type.bigint, (column) => column.notNull())
    .addColumn('sha256', type.text)
    .addColumn('findings', type.json, (column) => column.notNull())
    .addColumn('origin', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('restored_at', type.instant)
    .execute();
}
