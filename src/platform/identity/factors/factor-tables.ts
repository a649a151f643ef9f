/** Tables of second factors, and how they came to be. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

export interface TotpRow {
  readonly account_id: string;
  /** Sealed for this account. */
  readonly secret: string;
  readonly created_at: Instant;
  /** Null until a code proved that the app has the secret; it asks for nothing before. */
  readonly confirmed_at: Instant | null;
  /** The last time step whose code was used: neither it nor an earlier one is taken again. */
  readonly last_step: number;
}

export interface RecoveryCodeRow {
  readonly id: string;
  readonly account_id: string;
  readonly code_hash: string;
  readonly created_at: Instant;
  readonly used_at: Instant | null;
}

export interface FactorTables {
  totp_factors: TotpRow;
  recovery_codes: RecoveryCodeRow;
}

export const factorMigrations: readonly Migration[] = [
  {
    id: 'identity-0003-second-factor',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'totp_factors')
        .addColumn('account_id', type.text, (column) => column.primaryKey().notNull().references('accounts.id'))
        .addColumn('secret', type.text, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('confirmed_at', type.instant)
        .addColumn('last_step', type.integer, (column) => column.notNull())
        .execute();
      await createTable(db, dialect, 'recovery_codes')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('account_id', type.text, (column) => column.notNull().references('accounts.id'))
        .addColumn('code_hash', type.text, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('used_at', type.instant)
        .execute();
      await db.schema.createIndex('recovery_codes_by_account').on('recovery_codes').column('account_id').execute();
    },
  },
];
