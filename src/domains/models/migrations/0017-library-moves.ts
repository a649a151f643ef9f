/** Files of the library that were given another place, so that it can be taken back (M-147). */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const libraryMovesMigration: Migration = {
  id: 'models-0017-library-moves',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'library_moves')
      .addColumn('id', type.text, (column) => column.primaryKey())
      .addColumn('run_id', type.text, (column) => column.notNull())
      .addColumn('library_id', type.text, (column) => column.notNull())
      .addColumn('from_path', type.text, (column) => column.notNull())
      .addColumn('to_path', type.text, (column) => column.notNull())
      .addColumn('companions', type.json, (column) => column.notNull())
      .addColumn('status', type.text, (column) => column.notNull())
      .addColumn('moved_at', type.instant, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('library_moves_status').on('library_moves').columns(['status', 'moved_at']).execute();
  },
};
