/** What a virus scanner said of bytes, with the signatures it had (M-168). */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const virusScansMigration: Migration = {
  id: 'models-0013-virus-scans',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'virus_scans')
      .addColumn('sha256', type.text, (column) => column.notNull())
      .addColumn('signatures_version', type.text, (column) => column.notNull())
      .addColumn('signatures_date', type.instant)
      .addColumn('result', type.text, (column) => column.notNull())
      .addColumn('signature', type.text)
      .addColumn('engine', type.text)
      .addColumn('reason', type.json)
      .addColumn('scanned_at', type.instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('virus_scans_key', ['sha256', 'signatures_version'])
      .execute();
  },
};
