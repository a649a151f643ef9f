/** What rules found in the log, and how far they have read. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

export type Severity = 'warning' | 'error' | 'critical';

export interface DetectionTables {
  audit_detections: {
    id: string;
    rule: string;
    severity: Severity;
    /** What the entries have in common: a user, an address, a file. */
    about: string;
    first_at: Instant;
    last_at: Instant;
    count: number;
    /** The last entry it takes in; what is counted anew begins behind it. */
    last_seq: number;
    entry_ids: string;
    acknowledged_by: string | null;
    acknowledged_at: Instant | null;
    reason: string | null;
  };
  audit_readers: { name: string; seq: number };
}

export const detectionMigrations: readonly Migration[] = [
  {
    id: 'audit-0003-detections',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'audit_detections')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('rule', type.text, (column) => column.notNull())
        .addColumn('severity', type.text, (column) => column.notNull())
        .addColumn('about', type.text, (column) => column.notNull())
        .addColumn('first_at', type.instant, (column) => column.notNull())
        .addColumn('last_at', type.instant, (column) => column.notNull())
        .addColumn('count', type.bigint, (column) => column.notNull())
        .addColumn('last_seq', type.bigint, (column) => column.notNull())
        .addColumn('entry_ids', type.json, (column) => column.notNull())
        .addColumn('acknowledged_by', type.text)
        .addColumn('acknowledged_at', type.instant)
        .addColumn('reason', type.text)
        .execute();
      const index = db.schema.createIndex('audit_detections_by_rule').on('audit_detections');
      await index.columns(['rule', 'about', 'last_seq']).execute();
      await createTable(db, dialect, 'audit_readers')
        .addColumn('name', type.text, (column) => column.primaryKey().notNull())
        .addColumn('seq', type.bigint, (column) => column.notNull())
        .execute();
    },
  },
];
