/** The only SQL of accounts. */
import { type SqlBool, sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { AccountRow, IdentityTables, LoginRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

/** As names are compared: of people who look the same on screen there is one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}

export async function findAccount(reader: Reader, id: string): Promise<AccountRow | undefined> {
  return accounts(reader).where('id', '=', id).executeTakeFirst();
}

export async function findAccountByName(reader: Reader, name: string): Promise<AccountRow | undefined> {
  return accounts(reader).where('username_key', '=', nameKey(name)).executeTakeFirst();
}

export async function findAccountByEmail(reader: Reader, email: string): Promise<AccountRow | undefined> {
  return accounts(reader).where('email_key', '=', nameKey(email)).executeTakeFirst();
}

export interface AccountQuery {
  readonly search?: string | undefined;
  readonly role?: string | undefined;
  readonly active?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** By user name. */
export async function listAccounts(reader: Reader, query: AccountQuery): Promise<readonly AccountRow[]> {
  let select = accounts(reader).orderBy('username_key').limit(query.limit);
  const { search, role, active, after } = query;
  if (role !== undefined) select = select.where('role', '=', role);
  if (active !== undefined) select = select.where('active', '=', active ? 1 : 0);
  if (after !== undefined) select = select.where('username_key', '>', nameKey(after));
  if (search !== undefined) {
    const pattern = `%${nameKey(search).replaceAll(/[\\%_]/g, '\\$&')}%`;
    select = select.where(
      sql<SqlBool>`(username_key like ${pattern} escape '\\' or email_key like ${pattern} escape '\\')`,
    );
  }
  return select.execute();
}

export async function insertAccount(tx: Transaction, account: AccountRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('accounts').values(account).execute();
}

export async function updateAccount(tx: Transaction, id: string, change: Partial<AccountRow>): Promise<void> {
  await tx.tables<IdentityTables>().updateTable('accounts').set(change).where('id', '=', id).execute();
}

/** Whether somebody besides `exceptId` is an active administrator. */
export async function hasOtherAdmin(reader: Reader, exceptId: string): Promise<boolean> {
  const row = await reader
    .tables<IdentityTables>()
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'admin')
    .where('active', '=', 1)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertLogin(tx: Transaction, login: LoginRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('logins').values(login).execute();
}

/** Newest first. */
export async function recentLogins(reader: Reader, accountId: string, limit: number) {
  return reader
    .tables<IdentityTables>()
    .selectFrom('logins')
    .select(['at', 'network', 'device'])
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
}

export async function deleteLoginsOf(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('logins').where('account_id', '=', accountId).execute();
}

export async function deleteLoginsBefore(tx: Transaction, before: Instant): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('logins').where('at', '<', before).execute();
}

function accounts(reader: Reader) {
  return reader.tables<IdentityTables>().selectFrom('accounts').selectAll();
}

/** An account that was never used, of which nothing but its name is known. */
export function blankAccount(id: string, username: string, at: Instant): Omit<AccountRow, 'role' | 'kind'> {
  return {
    id,
    username,
    username_key: nameKey(username),
    email: null,
    email_key: null,
    full_name: null,
    department: null,
    language: null,
    provider: null,
    external_id: null,
    active: 1,
    password_hash: null,
    password_changed_at: null,
    created_at: at,
    updated_at: at,
    last_login_at: null,
    anonymised_at: null,
  };
}
