/** Pairs of entries that may say the same, what people say of them, and how far was looked. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const duplicatePairsMigration: Migration = {
  id: 'knowledge-0020-duplicate-pairs',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_duplicate_pairs')
      .addColumn('one_id', type.text, (column) => column.notNull())
      .addColumn('other_id', type.text, (column) => column.notNull())
      .addColumn('per_mille', type.integer, (column) => column.notNull())
      .addColumn('method', type.text, (column) => column.notNull())
      .addColumn('found_at', type.instant, (column) => column.notNull())
      .addColumn('state', type.text, (column) => column.notNull())
      .addColumn('judged_at', type.instant)
      .addColumn('judged_by', type.text)
      .addColumn('note', type.text)
      .addPrimaryKeyConstraint('knowledge_duplicate_pairs_key', ['one_id', 'other_id'])
      .execute();
    await db.schema
      .createIndex('knowledge_duplicate_pairs_by_other')
      .on('knowledge_duplicate_pairs')
      .column('other_id')
      .execute();
    await createTable(db, dialect, 'knowledge_duplicate_looks')
      .addColumn('kind', type.text, (column) => column.primaryKey().notNull())
      .addColumn('updated_at', type.instant, (column) => column.notNull())
      .addColumn('position', type.integer, (column) => column.notNull())
      .execute();
  },
};
