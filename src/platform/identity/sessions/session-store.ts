/** The only SQL of sessions. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { IdentityTables, SessionRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

export async function findSession(reader: Reader, idHash: string): Promise<SessionRow | undefined> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('sessions')
    .selectAll()
    .where('id_hash', '=', idHash)
    .executeTakeFirst();
}

/** Newest first; without those that are over. @param accountId null: of the machine's owner */
export async function listSessionsOf(
  reader: Reader,
  accountId: string | null,
  now: Instant,
): Promise<readonly SessionRow[]> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', 'is not distinct from', accountId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

export async function insertSession(tx: Transaction, session: SessionRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('sessions').values(session).execute();
}

export async function updateSession(tx: Transaction, idHash: string, change: Partial<SessionRow>): Promise<void> {
  await tx.tables<IdentityTables>().updateTable('sessions').set(change).where('id_hash', '=', idHash).execute();
}

export async function deleteSession(tx: Transaction, idHash: string): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('sessions').where('id_hash', '=', idHash).execute();
}

/** False when the account has no such session. */
export async function deleteSessionOf(tx: Transaction, accountId: string | null, id: string): Promise<boolean> {
  const result = await tx
    .tables<IdentityTables>()
    .deleteFrom('sessions')
    .where('account_id', 'is not distinct from', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** All of an account, but the one that is excepted; says how many. */
export async function deleteSessionsOf(tx: Transaction, accountId: string | null, exceptId = ''): Promise<number> {
  const result = await tx
    .tables<IdentityTables>()
    .deleteFrom('sessions')
    .where('account_id', 'is not distinct from', accountId)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function deleteExpiredSessions(tx: Transaction, now: Instant): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('sessions').where('expires_at', '<', now).execute();
}
