/** What was searched on pages and which entries were read there: never by whom. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const usageMigration: Migration = {
  id: 'knowledge-0011-usage',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_searches')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('searched_on', type.text, (column) => column.notNull())
      .addColumn('folded', type.text, (column) => column.notNull())
      .addColumn('query', type.text, (column) => column.notNull())
      .addColumn('hits', type.integer, (column) => column.notNull())
      .addColumn('opened_after_ms', type.bigint)
      .addColumn('opened_place', type.integer)
      .execute();
    await db.schema
      .createIndex('knowledge_searches_by_day')
      .on('knowledge_searches')
      .columns(['searched_on', 'folded'])
      .execute();
    await createTable(db, dialect, 'knowledge_uses')
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('action', type.text, (column) => column.notNull())
      .addColumn('used_on', type.text, (column) => column.notNull())
      .addColumn('viewer', type.text, (column) => column.notNull())
      .addColumn('times', type.integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_uses_key', ['entry_id', 'used_on', 'action', 'viewer'])
      .execute();
    await db.schema.createIndex('knowledge_uses_by_day').on('knowledge_uses').columns(['used_on', 'action']).execute();
    await createTable(db, dialect, 'knowledge_use_salts')
      .addColumn('month', type.text, (column) => column.primaryKey().notNull())
      .addColumn('salt', type.text, (column) => column.notNull())
      .execute();
  },
};
