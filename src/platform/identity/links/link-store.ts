/** The only SQL of one-time links: invitations, password resets, and the machine owner's logins. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { AccountLinkPurpose, AccountLinkRow, IdentityTables, LoginLinkRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

export async function insertLoginLink(tx: Transaction, link: LoginLinkRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('login_links').values(link).execute();
}

/** Marks the link used; false when it is unknown, used or expired. */
export async function useLoginLink(tx: Transaction, codeHash: string, now: Instant): Promise<boolean> {
  const result = await tx
    .tables<IdentityTables>()
    .updateTable('login_links')
    .set({ used_at: now })
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function insertAccountLink(tx: Transaction, link: AccountLinkRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('account_links').values(link).execute();
}

export interface LinkUse {
  readonly codeHash: string;
  readonly purpose: AccountLinkPurpose;
  readonly now: Instant;
}

/** Marks the link used and says what it was for; undefined when it is unknown, used, revoked or expired. */
export async function useAccountLink(tx: Transaction, use: LinkUse): Promise<AccountLinkRow | undefined> {
  return tx
    .tables<IdentityTables>()
    .updateTable('account_links')
    .set({ used_at: use.now })
    .where('code_hash', '=', use.codeHash)
    .where('purpose', '=', use.purpose)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', use.now)
    .returningAll()
    .executeTakeFirst();
}

/** Newest first. */
export async function listInvitationRows(reader: Reader): Promise<readonly AccountLinkRow[]> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('account_links')
    .selectAll()
    .where('purpose', '=', 'invitation')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
}

/** False when there is no open invitation of this id. */
export async function revokeInvitationRow(tx: Transaction, id: string, now: Instant): Promise<boolean> {
  const result = await tx
    .tables<IdentityTables>()
    .updateTable('account_links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('purpose', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Of several reset links only the newest works. */
export async function revokeLinksOf(tx: Transaction, accountId: string, now: Instant): Promise<void> {
  await tx
    .tables<IdentityTables>()
    .updateTable('account_links')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
}

/** The link, when it could be used now. */
export async function findOpenLink(reader: Reader, use: LinkUse): Promise<AccountLinkRow | undefined> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('account_links')
    .selectAll()
    .where('code_hash', '=', use.codeHash)
    .where('purpose', '=', use.purpose)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', use.now)
    .executeTakeFirst();
}

/** Whatever became of it. */
export async function newestLinkOf(reader: Reader, accountId: string): Promise<AccountLinkRow | undefined> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('account_links')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
