/** What the site's answers look like, what changed about them, and how its features fared. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const apiWatchMigration: Migration = {
  id: 'models-0005-api-watch',
  up: async (db, dialect) => {
    await createWatch(db, dialect);
    await createFeatures(db, dialect);
  },
};

async function createWatch(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'api_shapes')
    .addColumn('endpoint', type.text, (column) => column.primaryKey().notNull())
    .addColumn('shape', type.json, (column) => column.notNull())
    .addColumn('learned_at', type.instant, (column) => column.notNull())
    .execute();
  await createPositionedTable(db, dialect, 'api_changes')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('identity', type.text, (column) => column.notNull().unique())
    .addColumn('endpoint', type.text, (column) => column.notNull())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('path', type.text, (column) => column.notNull())
    .addColumn('known', type.text, (column) => column.notNull())
    .addColumn('found', type.text, (column) => column.notNull())
    .addColumn('impact', type.text, (column) => column.notNull())
    .addColumn('additive', type.flag, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('first_seen_at', type.instant, (column) => column.notNull())
    .addColumn('last_seen_at', type.instant, (column) => column.notNull())
    .addColumn('sightings', type.integer, (column) => column.notNull())
    .addColumn('accepted_at', type.instant)
    .addColumn('accepted_by', type.text)
    .execute();
}

async function createFeatures(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'api_features')
    .addColumn('feature_id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('succeeded', type.integer, (column) => column.notNull())
    .addColumn('failed', type.integer, (column) => column.notNull())
    .addColumn('last_used_at', type.instant)
    .addColumn('last_failed_at', type.instant)
    .addColumn('last_error', type.text)
    .addColumn('probed_at', type.instant)
    .addColumn('probe_outcome', type.text)
    .addColumn('chosen', type.text)
    .execute();
}
