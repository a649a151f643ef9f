/** Other names of tags; what readers say of entries, and what that leaves to do. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const tagsAndFeedbackMigration: Migration = {
  id: 'knowledge-0008-tags-and-feedback',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_tag_aliases')
      .addColumn('folded', type.text, (column) => column.primaryKey().notNull())
      .addColumn('alias', type.text, (column) => column.notNull())
      .addColumn('tag', type.text, (column) => column.notNull())
      .execute();
    await createTable(db, dialect, 'knowledge_feedback')
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('person', type.text, (column) => column.notNull())
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('comment', type.text)
      .addColumn('given_at', type.instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_feedback_key', ['entry_id', 'person'])
      .execute();
    await createTable(db, dialect, 'knowledge_tasks')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('opened_at', type.instant, (column) => column.notNull())
      .addColumn('opened_by', type.text, (column) => column.notNull())
      .addColumn('comment', type.text)
      .addColumn('closed_at', type.instant)
      .addColumn('closed_by', type.text)
      .addColumn('outcome', type.text)
      .execute();
    await db.schema
      .createIndex('knowledge_tasks_by_state')
      .on('knowledge_tasks')
      .columns(['closed_at', 'opened_at'])
      .execute();
    await db.schema.createIndex('knowledge_tasks_by_entry').on('knowledge_tasks').columns(['entry_id']).execute();
  },
};
