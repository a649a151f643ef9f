/** What holds whoever manages accounts: nobody gives or takes more than they have, and an administrator remains. */
import { KuraError } from '#kernel/errors';
import { type Caller, mayGrant, requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';

import type { AccountRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { findRole, type Role } from '../roles/role-store.ts';
import { findAccount, findAccountByName, hasOtherAdmin, nameKey } from './account-store.ts';

/** Whether `user` – an id, a name, `me` – names the caller's own account. */
export function isSelf(caller: Caller, user: string): boolean {
  if (caller.account === undefined) return false;
  return user === 'me' || user === caller.id || nameKey(user) === nameKey(caller.name);
}

/**
 * The account `user` names: the caller's own, or another's with the permission, which is checked first, so that nobody
 * learns by asking which names exist.
 * @throws KuraError forbidden, not-found `identity.user-not-found`, conflict `identity.no-account`
 */
export async function resolveUser(
  reader: Reader,
  caller: Caller | undefined,
  user: string,
  permission: Permission,
): Promise<AccountRow> {
  const self = requirePermission('account:self', caller);
  if (isSelf(self, user)) return found(await findAccount(reader, self.id), user);
  requirePermission(permission, caller);
  if (user === 'me') throw new KuraError('conflict', 'identity.no-account');
  return found((await findAccount(reader, user)) ?? (await findAccountByName(reader, user)), user);
}

/** The same, to change it: of others only who may no more than the caller. @throws also forbidden `identity.outranked` */
export async function resolveToChange(reader: Reader, caller: Caller | undefined, user: string): Promise<AccountRow> {
  const account = await resolveUser(reader, caller, user, 'users:manage');
  const changer = requirePermission('account:self', caller);
  if (changer.id !== account.id) await requireRank(reader, changer, account);
  return account;
}

async function requireRank(reader: Reader, changer: Caller, account: AccountRow): Promise<void> {
  const role = await findRole(reader, account.role);
  if (role !== undefined && !mayGrant(changer.permissions, role.permissions)) {
    throw new KuraError('forbidden', 'identity.outranked', { params: { user: account.username } });
  }
}

/** A role the caller may hand out. @throws KuraError not-found `identity.role-unknown`, forbidden `identity.role-too-wide` */
export async function requireGrantableRole(reader: Reader, caller: Caller, name: string): Promise<Role> {
  const role = await findRole(reader, name);
  if (role === undefined) throw new KuraError('not-found', 'identity.role-unknown', { params: { role: name } });
  if (!mayGrant(caller.permissions, role.permissions)) {
    throw new KuraError('forbidden', 'identity.role-too-wide', { params: { role: name } });
  }
  return role;
}

/** @throws KuraError conflict `identity.own-account` */
export function refuseOwnAccount(caller: Caller, account: AccountRow): void {
  if (caller.id === account.id) throw new KuraError('conflict', 'identity.own-account');
}

/**
 * Inside the transaction that takes an administrator away. Transactions are serializable, so of two administrators who
 * demote each other at the same moment one succeeds.
 * @throws KuraError conflict `identity.last-admin`
 */
export async function requireAdminRemains(reader: Reader, account: AccountRow): Promise<void> {
  if (account.role !== 'admin' || account.active !== 1) return;
  if (!(await hasOtherAdmin(reader, account.id))) throw new KuraError('conflict', 'identity.last-admin');
}

function found(account: AccountRow | undefined, user: string): AccountRow {
  if (account === undefined) throw new KuraError('not-found', 'identity.user-not-found', { params: { user } });
  return account;
}
