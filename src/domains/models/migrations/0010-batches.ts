/** Batches of downloads and their files. */
import type { Kysely } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const batchesMigration: Migration = {
  id: 'models-0010-batches',
  up: async (db, dialect) => {
    await createBatches(db, dialect);
    await createItems(db, dialect);
  },
};

async function createBatches(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createPositionedTable(db, dialect, 'batches')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('priority', type.integer, (column) => column.notNull())
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('origin', type.json, (column) => column.notNull())
    .addColumn('options', type.json, (column) => column.notNull())
    .addColumn('by_server', type.flag, (column) => column.notNull())
    .addColumn('run', type.integer, (column) => column.notNull())
    .addColumn('used_files', type.integer, (column) => column.notNull())
    .addColumn('used_bytes', type.bigint, (column) => column.notNull())
    .addColumn('used_ms', type.bigint, (column) => column.notNull())
    .addColumn('waits_until', type.instant)
    .addColumn('actor', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('started_at', type.instant)
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('ended_at', type.instant)
    .execute();
  await db.schema.createIndex('batches_by_turn').on('batches').columns(['status', 'priority', 'position']).execute();
}

async function createItems(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'batch_items')
    .addColumn('batch_id', type.text, (column) => column.notNull().references('batches.id').onDelete('cascade'))
    .addColumn('number', type.integer, (column) => column.notNull())
    .addColumn('ref', type.text, (column) => column.notNull())
    .addColumn('selector', type.text)
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('model_id', type.bigint)
    .addColumn('version_id', type.bigint)
    .addColumn('file_id', type.bigint)
    .addColumn('name', type.text)
    .addColumn('path', type.text)
    .addColumn('size_bytes', type.bigint)
    .addColumn('sha256', type.text)
    .addColumn('verdict', type.text)
    .addColumn('was_there', type.flag, (column) => column.notNull())
    .addColumn('attempts', type.integer, (column) => column.notNull())
    .addColumn('round', type.integer, (column) => column.notNull())
    .addColumn('reason_code', type.text)
    .addColumn('reason_params', type.json)
    .addColumn('ms', type.bigint)
    .addColumn('network_bytes', type.bigint, (column) => column.notNull())
    .addColumn('retries', type.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('batch_items_key', ['batch_id', 'number'])
    .execute();
  await db.schema
    .createIndex('batch_items_by_turn')
    .on('batch_items')
    .columns(['batch_id', 'status', 'round', 'number'])
    .execute();
  await db.schema
    .createIndex('batch_items_by_file')
    .on('batch_items')
    .columns(['batch_id', 'version_id', 'file_id'])
    .execute();
}
