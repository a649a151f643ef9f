/** How the tables of identity came to be. */
import type { Kysely } from 'kysely';

import { type ColumnTypes, columnTypes, createTable, type Dialect, type Migration } from '#platform/db';

import { deviceMigrations } from './devices/device-tables.ts';
import { directoryMigrations } from './directory/directory-store.ts';
import { factorMigrations } from './factors/factor-tables.ts';
import { providerMigrations } from './oidc/provider-flows.ts';
import { passkeyMigrations } from './passkeys/passkey-tables.ts';
import { passwordMigrations } from './passwords/password-history.ts';

export const identityMigrations: readonly Migration[] = [
  {
    id: 'identity-0001-sessions-and-links',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'sessions')
        .addColumn('id_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('actor_id', type.text, (column) => column.notNull())
        .addColumn('actor_name', type.text, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('last_seen_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .execute();
      await createTable(db, dialect, 'login_links')
        .addColumn('code_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .addColumn('used_at', type.instant)
        .execute();
    },
  },
  {
    // Sessions begin anew: they last twelve hours, and the old ones knew nobody but the administrator.
    id: 'identity-0002-accounts',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await db.schema.dropTable('sessions').execute();
      await createAccounts(db, dialect, type);
      await createSessions(db, dialect, type);
      await createRolesAndKeys(db, dialect, type);
    },
  },
  ...factorMigrations,
  ...passkeyMigrations,
  ...directoryMigrations,
  ...providerMigrations,
  ...deviceMigrations,
  {
    id: 'identity-0005-bound-keys',
    async up(db, dialect) {
      const { json } = columnTypes(dialect);
      await db.schema
        .alterTable('api_keys')
        .addColumn('bound_to', json, (column) => column.notNull().defaultTo('[]'))
        .execute();
    },
  },
  ...passwordMigrations,
];

async function createAccounts(db: Kysely<unknown>, dialect: Dialect, type: ColumnTypes): Promise<void> {
  await createTable(db, dialect, 'accounts')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('username', type.text, (column) => column.notNull())
    .addColumn('username_key', type.text, (column) => column.notNull().unique())
    .addColumn('email', type.text)
    .addColumn('email_key', type.text, (column) => column.unique())
    .addColumn('full_name', type.text)
    .addColumn('department', type.text)
    .addColumn('language', type.text)
    .addColumn('role', type.text, (column) => column.notNull())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('provider', type.text)
    .addColumn('external_id', type.text)
    .addColumn('active', type.flag, (column) => column.notNull())
    .addColumn('password_hash', type.text)
    .addColumn('password_changed_at', type.instant)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('last_login_at', type.instant)
    .addColumn('anonymised_at', type.instant)
    .execute();
  await db.schema
    .createIndex('accounts_by_provider')
    .on('accounts')
    .columns(['provider', 'external_id'])
    .unique()
    .execute();
  await db.schema.createIndex('accounts_by_role').on('accounts').columns(['role', 'active']).execute();
}

async function createSessions(db: Kysely<unknown>, dialect: Dialect, type: ColumnTypes): Promise<void> {
  await createTable(db, dialect, 'sessions')
    .addColumn('id_hash', type.text, (column) => column.primaryKey().notNull())
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('account_id', type.text, (column) => column.references('accounts.id'))
    .addColumn('stage', type.text, (column) => column.notNull())
    .addColumn('opened_by', type.text, (column) => column.notNull())
    .addColumn('address', type.text)
    .addColumn('user_agent', type.text)
    .addColumn('risk_score', type.integer, (column) => column.notNull())
    .addColumn('risk_reasons', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('last_seen_at', type.instant, (column) => column.notNull())
    .addColumn('expires_at', type.instant, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sessions_by_account').on('sessions').column('account_id').execute();
  await createTable(db, dialect, 'logins')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('account_id', type.text, (column) => column.notNull().references('accounts.id'))
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('network', type.text)
    .addColumn('device', type.text)
    .execute();
  await db.schema.createIndex('logins_by_account').on('logins').columns(['account_id', 'at']).execute();
  await createTable(db, dialect, 'login_attempts')
    .addColumn('key', type.text, (column) => column.primaryKey().notNull())
    .addColumn('failures', type.integer, (column) => column.notNull())
    .addColumn('level', type.integer, (column) => column.notNull())
    .addColumn('last_at', type.bigint, (column) => column.notNull())
    .addColumn('locked_until', type.bigint, (column) => column.notNull())
    .execute();
}

async function createRolesAndKeys(db: Kysely<unknown>, dialect: Dialect, type: ColumnTypes): Promise<void> {
  await createTable(db, dialect, 'roles')
    .addColumn('name', type.text, (column) => column.primaryKey().notNull())
    .addColumn('title', type.text)
    .addColumn('permissions', type.json)
    .addColumn('networks', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'api_keys')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('account_id', type.text, (column) => column.notNull().references('accounts.id'))
    .addColumn('name', type.text, (column) => column.notNull())
    .addColumn('prefix', type.text, (column) => column.notNull())
    .addColumn('key_hash', type.text, (column) => column.notNull().unique())
    .addColumn('scopes', type.json, (column) => column.notNull())
    .addColumn('networks', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('expires_at', type.instant)
    .addColumn('last_used_at', type.instant)
    .addColumn('revoked_at', type.instant)
    .addColumn('replaced_by', type.text)
    .execute();
  await db.schema.createIndex('api_keys_by_account').on('api_keys').column('account_id').execute();
  await createTable(db, dialect, 'account_links')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('code_hash', type.text, (column) => column.notNull().unique())
    .addColumn('purpose', type.text, (column) => column.notNull())
    .addColumn('account_id', type.text, (column) => column.references('accounts.id'))
    .addColumn('email', type.text)
    .addColumn('role', type.text)
    .addColumn('created_by', type.text, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('expires_at', type.instant, (column) => column.notNull())
    .addColumn('used_at', type.instant)
    .addColumn('revoked_at', type.instant)
    .execute();
}
