/** The only SQL of API keys. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { ApiKeyRow, IdentityTables } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

export async function findKeyByHash(reader: Reader, hash: string): Promise<ApiKeyRow | undefined> {
  return keys(reader).where('key_hash', '=', hash).executeTakeFirst();
}

export async function findKeyOf(reader: Reader, accountId: string, id: string): Promise<ApiKeyRow | undefined> {
  return keys(reader).where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listKeysOf(reader: Reader, accountId: string): Promise<readonly ApiKeyRow[]> {
  return keys(reader).where('account_id', '=', accountId).orderBy('id', 'desc').execute();
}

export interface EndingKey {
  readonly name: string;
  readonly owner: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** Those that nobody revoked or replaced, of accounts that may log in; what ends first comes first. */
export async function listEndingKeys(
  reader: Reader,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly EndingKey[]> {
  const rows = await reader
    .tables<IdentityTables>()
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.name', 'accounts.username', 'api_keys.created_at', 'api_keys.expires_at'])
    .where('api_keys.expires_at', '>=', from)
    .where('api_keys.expires_at', '<', until)
    .where('api_keys.revoked_at', 'is', null)
    .where('api_keys.replaced_by', 'is', null)
    .where('accounts.active', '=', 1)
    .orderBy('api_keys.expires_at')
    .execute();
  return rows.flatMap(({ name, username, created_at, expires_at }) =>
    expires_at === null ? [] : [{ name, owner: username, createdAt: created_at, expiresAt: expires_at }],
  );
}

export async function insertKey(tx: Transaction, key: ApiKeyRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('api_keys').values(key).execute();
}

export async function updateKey(tx: Transaction, id: string, change: Partial<ApiKeyRow>): Promise<void> {
  await tx.tables<IdentityTables>().updateTable('api_keys').set(change).where('id', '=', id).execute();
}

export async function revokeKeysOf(tx: Transaction, accountId: string, now: Instant): Promise<void> {
  await tx
    .tables<IdentityTables>()
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute();
}

function keys(reader: Reader) {
  return reader.tables<IdentityTables>().selectFrom('api_keys').selectAll();
}
