/** Hashes of files anywhere, so that what has not changed is not read again (M-161). */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const measuredHashesMigration: Migration = {
  id: 'models-0014-measured-hashes',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'measured_hashes')
      .addColumn('path', type.text, (column) => column.primaryKey().notNull())
      .addColumn('size_bytes', type.bigint, (column) => column.notNull())
      .addColumn('mtime_ns', type.text, (column) => column.notNull())
      .addColumn('inode', type.text, (column) => column.notNull())
      .addColumn('hashes', type.json, (column) => column.notNull())
      .addColumn('measured_at', type.instant, (column) => column.notNull())
      .execute();
  },
};
