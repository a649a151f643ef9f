/** Logins of command lines that wait for somebody to approve them in a browser (RFC 8628). */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

import type { DeviceDecision } from '../contract/index.ts';

export interface DeviceLoginRow {
  readonly id: string;
  /** Of the code that the command line keeps. */
  readonly device_hash: string;
  /** Of the code that the person types. */
  readonly user_code_hash: string;
  /** What the machine calls itself; nobody has checked it. */
  readonly name: string;
  readonly address: string | null;
  readonly scopes: string;
  readonly interval_seconds: number;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly last_asked_at: Instant | null;
  readonly decision: DeviceDecision | null;
  readonly account_id: string | null;
}

export interface DeviceTables {
  device_logins: DeviceLoginRow;
}

export const deviceMigrations: readonly Migration[] = [
  {
    id: 'identity-devices-0001-logins',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'device_logins')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('device_hash', type.text, (column) => column.notNull().unique())
        .addColumn('user_code_hash', type.text, (column) => column.notNull().unique())
        .addColumn('name', type.text, (column) => column.notNull())
        .addColumn('address', type.text)
        .addColumn('scopes', type.json, (column) => column.notNull())
        .addColumn('interval_seconds', type.integer, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .addColumn('last_asked_at', type.instant)
        .addColumn('decision', type.text)
        .addColumn('account_id', type.text, (column) => column.references('accounts.id'))
        .execute();
    },
  },
];
