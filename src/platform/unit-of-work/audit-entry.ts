/** The audit log's rows (P-040). Append-only; the hash chain over them belongs to the audit module. */
import type { GeneratedAlways } from 'kysely';

import type { Instant } from '#kernel/brands';
import { columnTypes, createPositionedTable, type Migration } from '#platform/db';

import type { Actor } from './actor.ts';

export type AuditCategory =
  | 'access'
  | 'authentication'
  | 'authorization'
  | 'data'
  | 'security-scan'
  | 'configuration'
  | 'network'
  | 'system'
  | 'compliance';

export type AuditLevel = 'info' | 'warning' | 'critical';

export interface AuditEntry {
  /** `module.verb-noun`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name?: string };
  /** Default `data`. */
  readonly category?: AuditCategory;
  /** Default `info`. */
  readonly level?: AuditLevel;
  readonly result: 'done' | 'refused' | 'failed';
  /** The changed fields only, never secrets. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface AuditTables {
  audit_log: {
    position: GeneratedAlways<number>;
    id: string;
    at: Instant;
    actor_kind: Actor['kind'];
    actor_id: string;
    actor_name: string;
    actor_from: string | null;
    correlation_id: string | null;
    category: AuditCategory;
    level: AuditLevel;
    action: string;
    subject_kind: string;
    subject_id: string;
    subject_name: string | null;
    result: AuditEntry['result'];
    before: string | null;
    after: string | null;
  };
}

export const auditMigrations: readonly Migration[] = [
  {
    id: 'audit-0001-log',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      await createPositionedTable(db, dialect, 'audit_log')
        .addColumn('id', type.text, (column) => column.notNull().unique())
        .addColumn('at', type.instant, (column) => column.notNull())
        .addColumn('actor_kind', type.text, (column) => column.notNull())
        .addColumn('actor_id', type.text, (column) => column.notNull())
        .addColumn('actor_name', type.text, (column) => column.notNull())
        .addColumn('actor_from', type.text)
        .addColumn('correlation_id', type.text)
        .addColumn('category', type.text, (column) => column.notNull())
        .addColumn('level', type.text, (column) => column.notNull())
        .addColumn('action', type.text, (column) => column.notNull())
        .addColumn('subject_kind', type.text, (column) => column.notNull())
        .addColumn('subject_id', type.text, (column) => column.notNull())
        .addColumn('subject_name', type.text)
        .addColumn('result', type.text, (column) => column.notNull())
        .addColumn('before', type.json)
        .addColumn('after', type.json)
        .execute();
      await db.schema
        .createIndex('audit_log_by_subject')
        .on('audit_log')
        .columns(['subject_kind', 'subject_id'])
        .execute();
      await db.schema.createIndex('audit_log_by_actor').on('audit_log').columns(['actor_kind', 'actor_id']).execute();
    },
  },
];
