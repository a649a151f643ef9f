/** What external scanners said of bytes (P-064). */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const externalScansMigration: Migration = {
  id: 'models-0016-external-scans',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'external_scans')
      .addColumn('sha256', type.text, (column) => column.notNull())
      .addColumn('scanner', type.text, (column) => column.notNull())
      .addColumn('version', type.text, (column) => column.notNull())
      .addColumn('result', type.text, (column) => column.notNull())
      .addColumn('findings', type.json, (column) => column.notNull())
      .addColumn('reason', type.json)
      .addColumn('isolation', type.text)
      .addColumn('scanned_at', type.instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('external_scans_key', ['sha256', 'scanner'])
      .execute();
  },
};
