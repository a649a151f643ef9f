/** Collections, sweeps, saved searches, watches and the history of searches. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const collectingMigration: Migration = {
  id: 'models-0004-collecting',
  up: async (db, dialect) => {
    await createCollections(db, dialect);
    await createSweeps(db, dialect);
    await createWatches(db, dialect);
    await createHistory(db, dialect);
  },
};

async function createCollections(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'collections')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('search_key', type.text, (column) => column.notNull())
    .addColumn('purpose', type.text, (column) => column.notNull())
    .addColumn('owner', type.text, (column) => column.notNull())
    .addColumn('query', type.json, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('cursor', type.text)
    .addColumn('pages', type.integer, (column) => column.notNull())
    .addColumn('models', type.integer, (column) => column.notNull())
    .addColumn('versions', type.integer, (column) => column.notNull())
    .addColumn('new_versions', type.integer, (column) => column.notNull())
    .addColumn('baseline_id', type.text)
    .addColumn('stages', type.json, (column) => column.notNull())
    .addColumn('run', type.integer, (column) => column.notNull())
    .addColumn('job_id', type.text)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('finished_at', type.instant)
    .execute();
  await db.schema
    .createIndex('collections_by_key')
    .on('collections')
    .columns(['search_key', 'purpose', 'owner', 'position'])
    .execute();
  await createTable(db, dialect, 'collection_rows')
    .addColumn('collection_id', type.text, (column) =>
      column.notNull().references('collections.id').onDelete('cascade'),
    )
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('model_id', type.bigint, (column) => column.notNull())
    .addColumn('place', type.bigint, (column) => column.notNull())
    .addColumn('published_at', type.instant)
    .addColumn('is_new', type.flag, (column) => column.notNull())
    .addPrimaryKeyConstraint('collection_rows_key', ['collection_id', 'version_id'])
    .execute();
  await db.schema
    .createIndex('collection_rows_by_place')
    .on('collection_rows')
    .columns(['collection_id', 'place'])
    .execute();
  await db.schema
    .createIndex('collection_rows_by_model')
    .on('collection_rows')
    .columns(['collection_id', 'model_id'])
    .execute();
  await db.schema.createIndex('collection_rows_by_version').on('collection_rows').column('version_id').execute();
}

async function createSweeps(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'sweeps')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('name', type.text, (column) => column.notNull().unique())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('plan', type.json, (column) => column.notNull())
    .addColumn('job_id', type.text)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'sweep_cells')
    .addColumn('sweep_id', type.text, (column) => column.notNull().references('sweeps.id').onDelete('cascade'))
    .addColumn('place', type.integer, (column) => column.notNull())
    .addColumn('label', type.text, (column) => column.notNull())
    .addColumn('query', type.json, (column) => column.notNull())
    .addColumn('collection_id', type.text)
    .addPrimaryKeyConstraint('sweep_cells_key', ['sweep_id', 'place'])
    .execute();
}

async function createWatches(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'saved_searches')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('name', type.text, (column) => column.notNull().unique())
    .addColumn('query', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'watches')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('name', type.text, (column) => column.notNull().unique())
    .addColumn('search_id', type.text, (column) => column.notNull().references('saved_searches.id'))
    .addColumn('has_baseline', type.flag, (column) => column.notNull())
    .addColumn('last_run_at', type.instant)
    .addColumn('last_outcome', type.text)
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'watch_known')
    .addColumn('watch_id', type.text, (column) => column.notNull().references('watches.id').onDelete('cascade'))
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('published_at', type.instant)
    .addPrimaryKeyConstraint('watch_known_key', ['watch_id', 'version_id'])
    .execute();
  await createPositionedTable(db, dialect, 'watch_findings')
    .addColumn('watch_id', type.text, (column) => column.notNull().references('watches.id').onDelete('cascade'))
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('model_id', type.bigint, (column) => column.notNull())
    .addColumn('found_at', type.instant, (column) => column.notNull())
    .addColumn('seen_at', type.instant)
    .execute();
  await db.schema.createIndex('watch_findings_of').on('watch_findings').columns(['watch_id', 'position']).execute();
}

async function createHistory(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'search_runs')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('query', type.json, (column) => column.notNull())
    .addColumn('found', type.integer, (column) => column.notNull())
    .addColumn('stages', type.json, (column) => column.notNull())
    .addColumn('stopped', type.text, (column) => column.notNull())
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('result_hash', type.text, (column) => column.notNull())
    .addColumn('started_at', type.instant, (column) => column.notNull())
    .addColumn('ms', type.bigint, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('search_runs_by_time').on('search_runs').column('started_at').execute();
}
