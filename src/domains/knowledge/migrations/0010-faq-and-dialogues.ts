/** Questions with answers, what readers say of them, candidates that were decided on; dialogues that are under way. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const faqAndDialoguesMigration: Migration = {
  id: 'knowledge-0010-faq-and-dialogues',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_faq')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('number', type.integer, (column) => column.notNull().unique())
      .addColumn('content', type.json, (column) => column.notNull())
      .addColumn('version', type.integer, (column) => column.notNull())
      .addColumn('updated_at', type.instant, (column) => column.notNull())
      .addColumn('updated_by', type.text, (column) => column.notNull())
      .addColumn('note', type.text)
      .execute();
    await createTable(db, dialect, 'knowledge_faq_versions')
      .addColumn('faq_id', type.text, (column) => column.notNull())
      .addColumn('version', type.integer, (column) => column.notNull())
      .addColumn('content', type.json, (column) => column.notNull())
      .addColumn('saved_at', type.instant, (column) => column.notNull())
      .addColumn('saved_by', type.text, (column) => column.notNull())
      .addColumn('note', type.text)
      .addPrimaryKeyConstraint('knowledge_faq_versions_key', ['faq_id', 'version'])
      .execute();
    await createTable(db, dialect, 'knowledge_faq_votes')
      .addColumn('faq_id', type.text, (column) => column.notNull())
      .addColumn('person', type.text, (column) => column.notNull())
      .addColumn('voice', type.text, (column) => column.notNull())
      .addColumn('given_at', type.instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_faq_votes_key', ['faq_id', 'person'])
      .execute();
    await createTable(db, dialect, 'knowledge_faq_decisions')
      .addColumn('folded', type.text, (column) => column.primaryKey().notNull())
      .addColumn('decision', type.text, (column) => column.notNull())
      .addColumn('decided_at', type.instant, (column) => column.notNull())
      .addColumn('decided_by', type.text, (column) => column.notNull())
      .execute();
    await createTable(db, dialect, 'knowledge_dialogues')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('person', type.text, (column) => column.notNull())
      .addColumn('state', type.json, (column) => column.notNull())
      .addColumn('started_at', type.instant, (column) => column.notNull())
      .addColumn('updated_at', type.instant, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('knowledge_dialogues_by_person')
      .on('knowledge_dialogues')
      .columns(['person', 'updated_at'])
      .execute();
  },
};
