/** Weekly curation reports, and which version followers were told of. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const curationMigration: Migration = {
  id: 'knowledge-0026-curation-and-followers',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_curation_reports')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('made_at', type.instant, (column) => column.notNull())
      .addColumn('made_by', type.text, (column) => column.notNull())
      .addColumn('told', type.integer, (column) => column.notNull().defaultTo(0))
      .addColumn('content', type.text, (column) => column.notNull())
      .execute();
    await db.schema
      .alterTable('knowledge_watches')
      .addColumn('told_version', type.integer, (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
