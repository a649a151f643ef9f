/** What an entry and its file in a folder under git said when they last agreed. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const gitSyncMigration: Migration = {
  id: 'knowledge-0012-git-sync',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_synced')
      .addColumn('folder', type.text, (column) => column.notNull())
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('file', type.text, (column) => column.notNull())
      .addColumn('entry_state', type.text, (column) => column.notNull())
      .addColumn('file_state', type.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_synced_key', ['folder', 'entry_id'])
      .execute();
  },
};
