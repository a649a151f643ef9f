/** Entries that people want to hear of, and the version they know. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const watchesMigration: Migration = {
  id: 'knowledge-0023-watches',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_watches')
      .addColumn('person', type.text, (column) => column.notNull())
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('seen_version', type.integer, (column) => column.notNull())
      .addColumn('seen_at', type.instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_watches_key', ['person', 'entry_id'])
      .execute();
    await db.schema.createIndex('knowledge_watches_by_entry').on('knowledge_watches').column('entry_id').execute();
  },
};
