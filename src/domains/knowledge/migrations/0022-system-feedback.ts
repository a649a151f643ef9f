/** What people say of Kura itself, and what became of it. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const systemFeedbackMigration: Migration = {
  id: 'knowledge-0022-system-feedback',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_system_feedback')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('category', type.text, (column) => column.notNull())
      .addColumn('title', type.text, (column) => column.notNull())
      .addColumn('description', type.text, (column) => column.notNull())
      .addColumn('priority', type.text, (column) => column.notNull())
      .addColumn('status', type.text, (column) => column.notNull())
      .addColumn('assignee', type.text)
      .addColumn('answer', type.text)
      .addColumn('given_at', type.instant, (column) => column.notNull())
      .addColumn('given_by', type.text, (column) => column.notNull())
      .addColumn('updated_at', type.instant, (column) => column.notNull())
      .addColumn('resolved_at', type.instant)
      .execute();
    await db.schema
      .createIndex('knowledge_system_feedback_by_person')
      .on('knowledge_system_feedback')
      .columns(['given_by', 'given_at'])
      .execute();
  },
};
