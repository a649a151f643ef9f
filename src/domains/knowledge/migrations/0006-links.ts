/** Links between entries, by id: they outlive a removal, and come back with the entry. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const linksMigration: Migration = {
  id: 'knowledge-0006-links',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_links')
      .addColumn('source_id', type.text, (column) => column.notNull())
      .addColumn('target_id', type.text, (column) => column.notNull())
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('note', type.text)
      .addColumn('linked_at', type.instant, (column) => column.notNull())
      .addColumn('linked_by', type.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_links_key', ['source_id', 'target_id', 'kind'])
      .execute();
    await db.schema.createIndex('knowledge_links_by_target').on('knowledge_links').columns(['target_id']).execute();
  },
};
