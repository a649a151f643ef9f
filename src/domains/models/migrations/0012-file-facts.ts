/** What files are by their content (P-092). */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const fileFactsMigration: Migration = {
  id: 'models-0012-file-facts',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'file_facts')
      .addColumn('sha256', type.text, (column) => column.primaryKey().notNull())
      .addColumn('facts_version', type.integer, (column) => column.notNull())
      .addColumn('facts', type.json)
      .addColumn('kind', type.text)
      .addColumn('base', type.text)
      .addColumn('read_at', type.instant, (column) => column.notNull())
      .execute();
  },
};
