/** What was searched for and not found, added up without who did. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const unansweredSearchesMigration: Migration = {
  id: 'knowledge-0003-unanswered-searches',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_unanswered')
      .addColumn('folded', type.text, (column) => column.primaryKey().notNull())
      .addColumn('query', type.text, (column) => column.notNull())
      .addColumn('searches', type.integer, (column) => column.notNull())
      .addColumn('first_on', type.text, (column) => column.notNull())
      .addColumn('last_on', type.text, (column) => column.notNull())
      .execute();
  },
};
