/** Who said yes to which model of a real person. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const consentsMigration: Migration = {
  id: 'models-0006-consents',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'model_consents')
      .addColumn('model_id', type.bigint, (column) => column.primaryKey().notNull())
      .addColumn('given_by', type.text, (column) => column.notNull())
      .addColumn('given_at', type.instant, (column) => column.notNull())
      .execute();
  },
};
