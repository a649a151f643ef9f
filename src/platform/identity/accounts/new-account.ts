/** How an account comes to be. */
import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ProfileInput } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { blankAccount, findAccountByEmail, findAccountByName, insertAccount, nameKey } from './account-store.ts';

export interface NewAccount extends ProfileInput {
  readonly username: string;
  readonly role: string;
  /** Undefined until the person chooses one. */
  readonly passwordHash: string | undefined;
}

/** @throws KuraError conflict `identity.username-taken`, `identity.email-taken` */
export async function addAccount(
  { clock, ids }: Pick<IdentityDeps, 'clock' | 'ids'>,
  tx: WriteTransaction,
  account: NewAccount,
): Promise<AccountRow> {
  const { username, passwordHash } = account;
  if ((await findAccountByName(tx, username)) !== undefined) {
    throw new KuraError('conflict', 'identity.username-taken', { params: { user: username } });
  }
  const at = instant(new Date(clock.now()));
  const row: AccountRow = {
    ...blankAccount(ids.next(), username, at),
    ...(await emailColumns(tx, account.email ?? null, '')),
    full_name: account.fullName ?? null,
    department: account.department ?? null,
    language: account.language ?? null,
    role: account.role,
    kind: 'local',
    password_hash: passwordHash ?? null,
    password_changed_at: passwordHash === undefined ? null : at,
  };
  await insertAccount(tx, row);
  await tx.audit({
    action: 'account.create',
    category: 'authorization',
    subject: { kind: 'account', id: row.id, name: username },
    result: 'done',
    after: { role: row.role, kind: row.kind },
  });
  return row;
}

/** @throws KuraError conflict `identity.email-taken` when somebody other than `ownId` has it */
export async function emailColumns(
  reader: Reader,
  email: string | null,
  ownId: string,
): Promise<Pick<AccountRow, 'email' | 'email_key'>> {
  if (email === null) return { email: null, email_key: null };
  const holder = await findAccountByEmail(reader, email);
  if (holder !== undefined && holder.id !== ownId) throw new KuraError('conflict', 'identity.email-taken');
  return { email, email_key: nameKey(email) };
}
