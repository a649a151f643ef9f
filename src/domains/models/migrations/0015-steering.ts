/** How connections are used and why, and how long download jobs have waited (models.md M-125, M-220). */
import { columnTypes, type Migration } from '#platform/db';

export const steeringMigration: Migration = {
  id: 'models-0015-steering',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await db.schema.alterTable('downloads').addColumn('mode', type.text).execute();
    await db.schema.alterTable('downloads').addColumn('decisions', type.json).execute();
    await db.schema.alterTable('batches').addColumn('decisions', type.json).execute();
    await db.schema.alterTable('batches').addColumn('waiting_since', type.instant).execute();
    await db.schema
      .alterTable('batches')
      .addColumn('boost', type.integer, (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
