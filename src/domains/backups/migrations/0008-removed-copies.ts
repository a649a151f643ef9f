/** Copies that were taken out of their jobs: their history stays. */
import { columnTypes, type Migration } from '#platform/db';

export const removedCopiesMigration: Migration = {
  id: 'backups-0008-removed-copies',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    const copies = db.schema.alterTable('backup_copies');
    await copies.addColumn('removed_at', type.instant).execute();
    await copies.addColumn('removal_reason', type.text).execute();
  },
};
