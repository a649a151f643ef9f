/** Offline media: inventory, places, rotation, loans, certificates. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const mediaMigration: Migration = {
  id: 'backups-0005-media',
  up: async (db, dialect) => {
    await createPlaces(db, dialect);
    await createSets(db, dialect);
    await createMedia(db, dialect);
    await createEvents(db, dialect);
    await createLoads(db, dialect);
    await createBindings(db, dialect);
    await createSwaps(db, dialect);
    await createLoans(db, dialect);
    await createCertificates(db, dialect);
  },
};

async function createPlaces(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_places')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('site', type.text, (column) => column.notNull())
    .addColumn('room', type.text, (column) => column.notNull())
    .addColumn('slot', type.text, (column) => column.notNull())
    .addColumn('capacity', type.integer)
    .addColumn('notes', type.text, (column) => column.notNull())
    .addUniqueConstraint('backup_places_by_name', ['site', 'room', 'slot'])
    .execute();
}

async function createSets(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media_sets')
    .addColumn('key', type.text, (column) => column.primaryKey().notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addColumn('scheme', type.json, (column) => column.notNull())
    .addColumn('starts_on', type.text, (column) => column.notNull())
    .addColumn('holidays', type.json, (column) => column.notNull())
    .addColumn('calendar', type.text)
    .addColumn('active', type.flag, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .execute();
}

async function createMedia(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('label', type.text, (column) => column.notNull().unique())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('condition', type.text, (column) => column.notNull())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('capacity_bytes', type.bigint)
    .addColumn('generation', type.text)
    .addColumn('maker', type.text, (column) => column.notNull())
    .addColumn('model', type.text, (column) => column.notNull())
    .addColumn('serial', type.text, (column) => column.notNull())
    .addColumn('purchased_on', type.text)
    .addColumn('warranty_until', type.text)
    .addColumn('owner', type.text, (column) => column.notNull())
    .addColumn('notes', type.text, (column) => column.notNull())
    .addColumn('stage', type.text, (column) => column.notNull())
    .addColumn('stage_since', type.instant, (column) => column.notNull())
    .addColumn('place_id', type.text, (column) => column.references('backup_places.id'))
    .addColumn('set_key', type.text, (column) => column.references('backup_media_sets.key'))
    .addColumn('set_position', type.text)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addUniqueConstraint('backup_media_by_position', ['set_key', 'set_position'])
    .execute();
  await db.schema.createIndex('backup_media_by_stage').on('backup_media').columns(['stage', 'label']).execute();
  await db.schema.createIndex('backup_media_by_place').on('backup_media').columns(['place_id']).execute();
}

async function createEvents(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'backup_medium_events')
    .addColumn('medium_id', type.text, (column) => column.notNull().references('backup_media.id'))
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('action', type.text, (column) => column.notNull())
    .addColumn('from_stage', type.text)
    .addColumn('to_stage', type.text, (column) => column.notNull())
    .addColumn('place', type.text, (column) => column.notNull())
    .addColumn('actor', type.text, (column) => column.notNull())
    .addColumn('note', type.text, (column) => column.notNull())
    .addColumn('evidence', type.json, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('backup_medium_events_by_medium')
    .on('backup_medium_events')
    .columns(['medium_id', 'position'])
    .execute();
}

/** When a medium was in the drive: whatever a copy of its set was given meanwhile lies on it. */
async function createLoads(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_medium_loads')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('medium_id', type.text, (column) => column.notNull().references('backup_media.id'))
    .addColumn('set_key', type.text)
    .addColumn('loaded_at', type.instant, (column) => column.notNull())
    .addColumn('unloaded_at', type.instant)
    .execute();
  await db.schema
    .createIndex('backup_medium_loads_by_medium')
    .on('backup_medium_loads')
    .columns(['medium_id', 'loaded_at'])
    .execute();
  await db.schema
    .createIndex('backup_medium_loads_by_set')
    .on('backup_medium_loads')
    .columns(['set_key', 'loaded_at'])
    .execute();
  // Which run of a copy was made while a medium was in.
  await db.schema
    .createIndex('backup_runs_of_copy_by_start')
    .on('backup_runs')
    .columns(['copy_id', 'started_at'])
    .execute();
}

async function createBindings(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media_copies')
    .addColumn('copy_id', type.text, (column) =>
      column.primaryKey().notNull().references('backup_copies.id').onDelete('cascade'),
    )
    .addColumn('medium_id', type.text, (column) => column.references('backup_media.id'))
    .addColumn('set_key', type.text, (column) => column.references('backup_media_sets.key'))
    .execute();
  await db.schema
    .createIndex('backup_media_copies_by_medium')
    .on('backup_media_copies')
    .columns(['medium_id'])
    .execute();
  await db.schema.createIndex('backup_media_copies_by_set').on('backup_media_copies').columns(['set_key']).execute();
}

async function createSwaps(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media_swaps')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('set_key', type.text, (column) => column.notNull().references('backup_media_sets.key'))
    .addColumn('day', type.text, (column) => column.notNull())
    .addColumn('position', type.text, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('planned', type.text)
    .addColumn('taken_out', type.text)
    .addColumn('put_in', type.text)
    .addColumn('actor', type.text)
    .addColumn('at', type.instant)
    .addColumn('note', type.text, (column) => column.notNull())
    .addColumn('content', type.json, (column) => column.notNull())
    .addColumn('chased_on', type.text)
    .addUniqueConstraint('backup_media_swaps_by_day', ['set_key', 'day'])
    .execute();
  await db.schema.createIndex('backup_media_swaps_by_state').on('backup_media_swaps').columns(['state']).execute();
}

async function createLoans(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media_loans')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('medium_id', type.text, (column) => column.notNull().references('backup_media.id'))
    .addColumn('borrower', type.text, (column) => column.notNull())
    .addColumn('organisation', type.text, (column) => column.notNull())
    .addColumn('contact', type.text, (column) => column.notNull())
    .addColumn('purpose', type.text, (column) => column.notNull())
    .addColumn('handed_over_by', type.text, (column) => column.notNull())
    .addColumn('lent_at', type.instant, (column) => column.notNull())
    .addColumn('due_on', type.text, (column) => column.notNull())
    .addColumn('returned_at', type.instant)
    .addColumn('taken_back_by', type.text)
    .addColumn('condition', type.text)
    .addColumn('note', type.text, (column) => column.notNull())
    .addColumn('chased_on', type.text)
    .execute();
  await db.schema
    .createIndex('backup_media_loans_by_medium')
    .on('backup_media_loans')
    .columns(['medium_id', 'returned_at'])
    .execute();
  await db.schema
    .createIndex('backup_media_loans_by_day')
    .on('backup_media_loans')
    .columns(['returned_at', 'due_on'])
    .execute();
}

async function createCertificates(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'backup_media_certificates')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('medium_id', type.text, (column) => column.notNull().references('backup_media.id'))
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('document', type.text, (column) => column.notNull())
    .addColumn('sha256', type.text, (column) => column.notNull())
    .addColumn('signature', type.text, (column) => column.notNull())
    .addColumn('key_id', type.text, (column) => column.notNull())
    .addColumn('public_key', type.text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('backup_media_certificates_by_medium')
    .on('backup_media_certificates')
    .columns(['medium_id', 'at'])
    .execute();
}
