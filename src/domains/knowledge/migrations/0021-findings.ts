/** What people said of findings on entries. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const findingsMigration: Migration = {
  id: 'knowledge-0021-findings',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_finding_marks')
      .addColumn('entry_id', type.text, (column) => column.notNull())
      .addColumn('finding', type.text, (column) => column.notNull())
      .addColumn('state', type.text, (column) => column.notNull())
      .addColumn('note', type.text)
      .addColumn('marked_at', type.instant, (column) => column.notNull())
      .addColumn('marked_by', type.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('knowledge_finding_marks_key', ['entry_id', 'finding'])
      .execute();
  },
};
