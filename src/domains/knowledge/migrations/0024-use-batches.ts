/** Which batches of searches and uses are written, so that one tried again is not counted twice. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const useBatchesMigration: Migration = {
  id: 'knowledge-0024-use-batches',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_use_batches')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('noted_on', type.text, (column) => column.notNull())
      .execute();
  },
};
