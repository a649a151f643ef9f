/** By which weights the qualities of the catalogue were counted. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const qualityMigration: Migration = {
  id: 'models-0007-quality',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'catalogue_quality')
      .addColumn('name', type.text, (column) => column.primaryKey().notNull())
      .addColumn('options', type.json, (column) => column.notNull())
      .addColumn('complete', type.flag, (column) => column.notNull())
      .execute();
  },
};
