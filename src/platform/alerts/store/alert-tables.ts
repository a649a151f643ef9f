/** Alerts and what happened to them, and how the tables came to be. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';
import type { Severity } from '#platform/notify/contract';

import type { AlertChange, AlertState, AlertTypeName } from '../contract/index.ts';

export interface AlertTables {
  alerts: {
    id: string;
    type: AlertTypeName;
    fingerprint: string;
    /** The fingerprint while it lasts, so that there is one at a time; null afterwards. */
    open_fingerprint: string | null;
    severity: Severity;
    /** Of the severity: 3 is critical. For sorting. */
    rank: number;
    state: AlertState;
    subject_kind: string;
    subject_id: string;
    subject_name: string;
    site: string | null;
    /** JSON: owner, tags, filling, detail, page. */
    content: string;
    count: number;
    first_at: Instant;
    last_at: Instant;
    level: number;
    escalates_from: Instant;
    snoozed_until: Instant | null;
    acknowledged_by: string | null;
    acknowledged_at: Instant | null;
    resolved_by: string | null;
    resolved_at: Instant | null;
    note: string | null;
    last_position: number | null;
  };
  alert_history: {
    id: string;
    alert_id: string;
    at: Instant;
    change: AlertChange;
    by: string | null;
    note: string | null;
  };
}

export const alertMigrations: readonly Migration[] = [
  {
    id: 'alerts-0001-alerts',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'alerts')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('type', type.text, (column) => column.notNull())
        .addColumn('fingerprint', type.text, (column) => column.notNull())
        .addColumn('open_fingerprint', type.text, (column) => column.unique())
        .addColumn('severity', type.text, (column) => column.notNull())
        .addColumn('rank', type.integer, (column) => column.notNull())
        .addColumn('state', type.text, (column) => column.notNull())
        .addColumn('subject_kind', type.text, (column) => column.notNull())
        .addColumn('subject_id', type.text, (column) => column.notNull())
        .addColumn('subject_name', type.text, (column) => column.notNull())
        .addColumn('site', type.text)
        .addColumn('content', type.json, (column) => column.notNull())
        .addColumn('count', type.integer, (column) => column.notNull())
        .addColumn('first_at', type.instant, (column) => column.notNull())
        .addColumn('last_at', type.instant, (column) => column.notNull())
        .addColumn('level', type.integer, (column) => column.notNull())
        .addColumn('escalates_from', type.instant, (column) => column.notNull())
        .addColumn('snoozed_until', type.instant)
        .addColumn('acknowledged_by', type.text)
        .addColumn('acknowledged_at', type.instant)
        .addColumn('resolved_by', type.text)
        .addColumn('resolved_at', type.instant)
        .addColumn('note', type.text)
        .addColumn('last_position', type.bigint)
        .execute();
      function index(name: string) {
        return db.schema.createIndex(`alerts_${name}`).on('alerts');
      }
      await index('by_state').columns(['state', 'rank', 'id']).execute();
      await index('by_fingerprint').columns(['fingerprint', 'id']).execute();
      await index('by_time').columns(['first_at']).execute();
      await createTable(db, dialect, 'alert_history')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('alert_id', type.text, (column) => column.notNull())
        .addColumn('at', type.instant, (column) => column.notNull())
        .addColumn('change', type.text, (column) => column.notNull())
        .addColumn('by', type.text)
        .addColumn('note', type.text)
        .execute();
      await db.schema.createIndex('alert_history_of').on('alert_history').columns(['alert_id', 'id']).execute();
    },
  },
];
