/** Until when a provider's login and its certificate hold, and whether it was told that they end soon. */
import { columnTypes, type Migration } from '#platform/db';

export const providerEndingsMigration: Migration = {
  id: 'backups-0014-provider-endings',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    const providers = db.schema.alterTable('backup_providers');
    await providers.addColumn('login_ends_on', type.text).execute();
    await providers.addColumn('certificate_ends_at', type.instant).execute();
    for (const flag of ['login_ending', 'certificate_ending']) {
      await providers.addColumn(flag, type.integer, (column) => column.notNull().defaultTo(0)).execute();
    }
  },
};
