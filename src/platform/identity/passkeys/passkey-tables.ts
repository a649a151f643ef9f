/** Tables of passkeys, and how they came to be. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

export interface PasskeyRow {
  readonly id: string;
  readonly account_id: string;
  /** As the person calls it. */
  readonly name: string;
  readonly credential_id: string;
  /** COSE key, base64url. */
  readonly public_key: string;
  /** Of the authenticator; zero for those that do not count. */
  readonly counter: number;
  /** Whether it may live on several devices. */
  readonly backed_up: number;
  readonly created_at: Instant;
  readonly last_used_at: Instant | null;
}

/** Asked once, answered once. */
export interface ChallengeRow {
  readonly challenge_hash: string;
  /** Who is to register a passkey; null where anybody may answer to log in. */
  readonly account_id: string | null;
  readonly expires_at: Instant;
}

export interface PasskeyTables {
  passkeys: PasskeyRow;
  passkey_challenges: ChallengeRow;
}

export const passkeyMigrations: readonly Migration[] = [
  {
    id: 'identity-0004-passkeys',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'passkeys')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('account_id', type.text, (column) => column.notNull().references('accounts.id'))
        .addColumn('name', type.text, (column) => column.notNull())
        .addColumn('credential_id', type.text, (column) => column.notNull().unique())
        .addColumn('public_key', type.text, (column) => column.notNull())
        .addColumn('counter', type.bigint, (column) => column.notNull())
        .addColumn('backed_up', type.flag, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('last_used_at', type.instant)
        .execute();
      await db.schema.createIndex('passkeys_by_account').on('passkeys').column('account_id').execute();
      await createTable(db, dialect, 'passkey_challenges')
        .addColumn('challenge_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('account_id', type.text)
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];
