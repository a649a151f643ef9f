/** The only SQL of passkeys. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { Reader } from '../reader.ts';
import type { ChallengeRow, PasskeyRow, PasskeyTables } from './passkey-tables.ts';

/** Oldest first. */
export async function listPasskeys(reader: Reader, accountId: string): Promise<readonly PasskeyRow[]> {
  return passkeys(reader).where('account_id', '=', accountId).orderBy('id').execute();
}

export async function findPasskey(reader: Reader, credentialId: string): Promise<PasskeyRow | undefined> {
  return passkeys(reader).where('credential_id', '=', credentialId).executeTakeFirst();
}

export async function insertPasskey(tx: Transaction, row: PasskeyRow): Promise<void> {
  await tx.tables<PasskeyTables>().insertInto('passkeys').values(row).execute();
}

/** False when the account has none of this id. */
export async function renamePasskeyRow(
  tx: Transaction,
  { accountId, id, name }: { readonly accountId: string; readonly id: string; readonly name: string },
): Promise<boolean> {
  const result = await tx
    .tables<PasskeyTables>()
    .updateTable('passkeys')
    .set({ name })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** False when it is gone, or its counter was moved by another login meanwhile. */
export async function notePasskeyUse(
  tx: Transaction,
  { id, counter }: PasskeyRow,
  use: { readonly counter: number; readonly at: Instant },
): Promise<boolean> {
  const result = await tx
    .tables<PasskeyTables>()
    .updateTable('passkeys')
    .set({ counter: use.counter, last_used_at: use.at })
    .where('id', '=', id)
    .where('counter', '=', counter)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** False when the account has none of this id. */
export async function deletePasskey(tx: Transaction, accountId: string, id: string): Promise<boolean> {
  const result = await tx
    .tables<PasskeyTables>()
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function deletePasskeysOf(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<PasskeyTables>().deleteFrom('passkeys').where('account_id', '=', accountId).execute();
}

/** Clears away what nobody answered in time. */
export async function insertChallenge(tx: Transaction, row: ChallengeRow, now: Instant): Promise<void> {
  await tx.tables<PasskeyTables>().deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
  await tx.tables<PasskeyTables>().insertInto('passkey_challenges').values(row).execute();
}

/** False for one that was never asked, asked of somebody else, answered already, or too old. */
export async function useChallenge(
  tx: Transaction,
  { hash, accountId, now }: { readonly hash: string; readonly accountId: string | null; readonly now: Instant },
): Promise<boolean> {
  const result = await tx
    .tables<PasskeyTables>()
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hash)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

function passkeys(reader: Reader) {
  return reader.tables<PasskeyTables>().selectFrom('passkeys').selectAll();
}
