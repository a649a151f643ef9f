/** Who sees to a task, until when, and what came of it. */
import { columnTypes, type Migration } from '#platform/db';

export const taskCareMigration: Migration = {
  id: 'knowledge-0014-task-care',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    // One column at a time: SQLite adds no more in one statement.
    for (const name of ['assignee', 'due_on', 'resolution']) {
      await db.schema.alterTable('knowledge_tasks').addColumn(name, type.text).execute();
    }
  },
};
