/** Which mirror brought the bytes of a download, where it was not CivitAI (models.md M-113). */
import { columnTypes, type Migration } from '#platform/db';

export const downloadMirrorsMigration: Migration = {
  id: 'models-0018-download-mirrors',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    for (const table of ['downloads', 'batch_items']) {
      await db.schema.alterTable(table).addColumn('mirror', type.text).execute();
    }
  },
};
