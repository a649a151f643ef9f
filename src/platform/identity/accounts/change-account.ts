/** What is changed about accounts, by administrators or the people themselves. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import type { Permission } from '#platform/contract';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ProfileInput } from '../contract/index.ts';
import { deleteBlock } from '../directory/directory-store.ts';
import { deleteFactorsOf } from '../factors/factor-store.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { revokeKeysOf } from '../keys/key-store.ts';
import { revokeLinksOf } from '../links/link-store.ts';
import type { Attempts } from '../login/attempts.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { forgetFormerPasswords } from '../passwords/password-history.ts';
import { deleteSessionsOf } from '../sessions/session-store.ts';
import { refuseOwnAccount, requireAdminRemains, requireGrantableRole, resolveToChange } from './account-rules.ts';
import { deleteLoginsOf, updateAccount } from './account-store.ts';
import { mayChooseEmail } from './email-rules.ts';
import { emailColumns } from './new-account.ts';

export interface Change<P extends Permission = 'users:manage'> {
  readonly caller: Authorized<P>;
  /** An id, a user name, or `me`. */
  readonly user: string;
}

type Deps = Pick<IdentityDeps, 'clock' | 'mail' | 'settings' | 'provider'>;

/** What is left out stays as it is. @throws KuraError forbidden `identity.email-by-admin`, `identity.department-by-admin` */
export async function changeProfile(
  deps: Deps,
  tx: WriteTransaction,
  { caller, user }: Change<'account:self'>,
  profile: ProfileInput,
): Promise<AccountRow> {
  const account = await resolveToChange(tx, caller, user);
  if (profile.email !== undefined && profile.email !== account.email) requireMaySetEmail(deps, caller);
  if (profile.department !== undefined && profile.department !== account.department) requireMaySetDepartment(caller);
  const change: Partial<AccountRow> = {
    ...(profile.email === undefined ? {} : await emailColumns(tx, profile.email, account.id)),
    ...(profile.fullName === undefined ? {} : { full_name: profile.fullName }),
    ...(profile.department === undefined ? {} : { department: profile.department }),
    ...(profile.language === undefined ? {} : { language: profile.language }),
    updated_at: nowInstant(deps.clock),
  };
  await updateAccount(tx, account.id, change);
  // Which fields, not what they hold: the log outlives a wish to be forgotten.
  const after = { changed: Object.keys(profile) };
  await tx.audit({ action: 'account.change-profile', subject: subjectOf(account), result: 'done', after });
  // To the old address: links for a new password go to the new one from now on.
  if (change.email !== undefined && change.email !== account.email) {
    await tellAccount(deps, tx, account, { notice: 'email' });
  }
  return { ...account, ...change };
}

function requireMaySetEmail(deps: Deps, caller: Authorized<'account:self'>): void {
  if (!mayChooseEmail(deps) && !caller.permissions.has('users:manage')) {
    throw new KuraError('forbidden', 'identity.email-by-admin');
  }
}

/** Departments keep knowledge to themselves: nobody lets themselves in. */
function requireMaySetDepartment(caller: Authorized<'account:self'>): void {
  if (!caller.permissions.has('users:manage')) throw new KuraError('forbidden', 'identity.department-by-admin');
}

export async function setRole(
  { clock }: Deps,
  tx: WriteTransaction,
  { caller, user }: Change,
  name: string,
): Promise<AccountRow> {
  const account = await resolveToChange(tx, caller, user);
  refuseOwnAccount(caller, account);
  if (account.kind !== 'local') {
    const code = account.kind === 'ldap' ? 'identity.role-from-directory' : 'identity.role-from-provider';
    throw new KuraError('conflict', code, { params: { user: account.username } });
  }
  const role = await requireGrantableRole(tx, caller, name);
  if (role.name !== 'admin') await requireAdminRemains(tx, account);
  const change = { role: role.name, updated_at: nowInstant(clock) };
  await updateAccount(tx, account.id, change);
  await tx.audit({
    action: 'account.set-role',
    category: 'authorization',
    level: 'warning',
    subject: subjectOf(account),
    result: 'done',
    before: { role: account.role },
    after: { role: role.name },
  });
  return { ...account, ...change };
}

/** Disabling ends all sessions; keys sleep until the account is enabled again. */
export async function setActive(
  { clock }: Deps,
  tx: WriteTransaction,
  { caller, user }: Change,
  active: boolean,
): Promise<AccountRow> {
  const account = await resolveToChange(tx, caller, user);
  refuseOwnAccount(caller, account);
  if (active && account.anonymised_at !== null) throw new KuraError('conflict', 'identity.anonymised');
  if (!active) await requireAdminRemains(tx, account);
  const change = { active: active ? 1 : 0, updated_at: nowInstant(clock) };
  await updateAccount(tx, account.id, change);
  if (!active) await deleteSessionsOf(tx, account.id);
  // From here on the word of an administrator counts, not what the directory once said.
  await deleteBlock(tx, account.id);
  await tx.audit({
    action: active ? 'account.enable' : 'account.disable',
    category: 'authorization',
    level: 'warning',
    subject: subjectOf(account),
    result: 'done',
    before: { active: account.active === 1 },
    after: { active },
  });
  return { ...account, ...change };
}

export async function unlockAccount(attempts: Attempts, tx: WriteTransaction, change: Change): Promise<AccountRow> {
  const account = await resolveToChange(tx, change.caller, change.user);
  await attempts.unlock(tx, account.username);
  await tx.audit({
    action: 'account.unlock',
    category: 'authentication',
    subject: subjectOf(account),
    result: 'done',
  });
  return account;
}

/** For good: no session, key or link is left. What the audit log says of the person stays (B-453). */
export async function deleteAccount(
  { clock }: Deps,
  tx: WriteTransaction,
  { caller, user }: Change,
  anonymise: boolean,
): Promise<AccountRow> {
  const account = await resolveToChange(tx, caller, user);
  refuseOwnAccount(caller, account);
  await requireAdminRemains(tx, account);
  const now = nowInstant(clock);
  const change: Partial<AccountRow> = { active: 0, updated_at: now, ...(anonymise ? anonymous(account, now) : {}) };
  await updateAccount(tx, account.id, change);
  await deleteSessionsOf(tx, account.id);
  await revokeKeysOf(tx, account.id, now);
  await revokeLinksOf(tx, account.id, now);
  await deleteFactorsOf(tx, account.id);
  await forgetFormerPasswords(tx, account.id);
  if (anonymise) await deleteLoginsOf(tx, account.id);
  await tx.audit({
    action: 'account.delete',
    category: 'authorization',
    level: 'warning',
    subject: subjectOf(account),
    result: 'done',
    after: { anonymised: anonymise },
  });
  return { ...account, ...change };
}

function anonymous({ id }: AccountRow, now: AccountRow['updated_at']): Partial<AccountRow> {
  const name = `removed-${id.slice(-12)}`;
  return {
    username: name,
    username_key: name,
    email: null,
    email_key: null,
    full_name: null,
    department: null,
    language: null,
    external_id: null,
    provider: null,
    password_hash: null,
    anonymised_at: now,
  };
}

export function subjectOf({ id, username }: AccountRow) {
  return { kind: 'account', id, name: username };
}
