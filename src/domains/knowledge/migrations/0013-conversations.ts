/** Questions asked one after the other, with where their answers stand. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const conversationsMigration: Migration = {
  id: 'knowledge-0013-conversations',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_conversations')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('person', type.text, (column) => column.notNull())
      .addColumn('entry_id', type.text)
      .addColumn('started_at', type.instant, (column) => column.notNull())
      .addColumn('updated_at', type.instant, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('knowledge_conversations_by_person')
      .on('knowledge_conversations')
      .columns(['person', 'updated_at'])
      .execute();
    await createTable(db, dialect, 'knowledge_conversation_turns')
      .addColumn('conversation_id', type.text, (column) =>
        column.notNull().references('knowledge_conversations.id').onDelete('cascade'),
      )
      .addColumn('number', type.integer, (column) => column.notNull())
      .addColumn('key', type.text, (column) => column.notNull())
      .addColumn('question', type.text, (column) => column.notNull())
      .addColumn('asked_at', type.instant, (column) => column.notNull())
      .addColumn('answer', type.json, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_conversation_turns_key', ['conversation_id', 'number'])
      .addUniqueConstraint('knowledge_conversation_turns_once', ['conversation_id', 'key'])
      .execute();
  },
};
