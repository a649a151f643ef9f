/** Accounts as the API shows them. */
import { instant } from '#kernel/brands';

import type { AccountView } from '../contract/index.ts';
import type { IdentityDeps, IdentitySettings } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import { passwordExpiresAt } from '../passwords/password-age.ts';
import type { Reader } from '../reader.ts';

export interface ViewedBy {
  readonly attempts: Attempts;
  readonly deps: Pick<IdentityDeps, 'settings'>;
}

/** With the locks of this moment. */
export async function viewAccounts(
  { attempts, deps }: ViewedBy,
  reader: Reader,
  rows: readonly AccountRow[],
): Promise<readonly AccountView[]> {
  const locks = await attempts.lockedUntil(
    reader,
    rows.map((row) => row.username),
  );
  return rows.map((row) => viewOf(deps.settings(), row, locks.get(row.username)));
}

export async function viewAccount(by: ViewedBy, reader: Reader, row: AccountRow): Promise<AccountView> {
  const locks = await by.attempts.lockedUntil(reader, [row.username]);
  return viewOf(by.deps.settings(), row, locks.get(row.username));
}

function viewOf(settings: IdentitySettings, row: AccountRow, lockedUntil: number | undefined): AccountView {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    fullName: row.full_name,
    department: row.department,
    language: row.language,
    role: row.role,
    kind: row.kind,
    provider: row.provider,
    active: row.active === 1,
    anonymisedAt: row.anonymised_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    passwordChangedAt: row.password_changed_at,
    passwordExpiresAt: passwordExpiresAt(settings, row),
    lastLoginAt: row.last_login_at,
    lockedUntil: lockedUntil === undefined ? null : instant(new Date(lockedUntil)),
  };
}
