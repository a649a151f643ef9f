/** Files beside entries; their bytes stand as files by their hash. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const attachmentsMigration: Migration = {
  id: 'knowledge-0009-attachments',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_attachments')
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('name', type.text, (column) => column.notNull())
      .addColumn('sha256', type.text, (column) => column.notNull())
      .addColumn('size_bytes', type.integer, (column) => column.notNull())
      .addColumn('media_type', type.text, (column) => column.notNull())
      .addColumn('added_at', type.instant, (column) => column.notNull())
      .addColumn('added_by', type.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_attachments_key', ['entry_id', 'name'])
      .execute();
    await db.schema
      .createIndex('knowledge_attachments_by_content')
      .on('knowledge_attachments')
      .columns(['sha256'])
      .execute();
  },
};
