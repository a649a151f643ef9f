/** How often the answer writer was asked on a day: its limit holds across restarts and processes. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const writerCallsMigration: Migration = {
  id: 'knowledge-0027-writer-calls',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_writer_calls')
      .addColumn('day', type.text, (column) => column.primaryKey().notNull())
      .addColumn('calls', type.integer, (column) => column.notNull())
      .execute();
  },
};
