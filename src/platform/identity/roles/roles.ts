/** Roles of one's own, and from where people of a role may come. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { type Authorized, type Caller, mayGrant, ownAccount } from '#platform/access';
import type { Permission } from '#platform/contract';
import type { WriteTransaction } from '#platform/unit-of-work';

import { isAllowedFrom } from '../accounts/account-caller.ts';
import { requireGrantableRole } from '../accounts/account-rules.ts';
import type { RoleView } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { countByRole, dropRole, findRole, isRoleInUse, putRole, type Role } from './role-store.ts';

export interface RoleChange {
  readonly name: string;
  readonly title?: string | null | undefined;
  readonly permissions?: readonly Permission[] | undefined;
  readonly networks?: readonly string[] | undefined;
}

/** What is left out stays as it is. @throws KuraError `identity.role-built-in`, `.role-too-wide`, `.would-lock-out` */
export async function saveRole(
  { clock }: Pick<IdentityDeps, 'clock'>,
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  change: RoleChange,
): Promise<RoleView> {
  const { name } = change;
  const before = await findRole(tx, name);
  if (before !== undefined) requireWithin(caller, before);
  if (before?.builtIn === true && (change.permissions !== undefined || typeof change.title === 'string')) {
    throw new KuraError('conflict', 'identity.role-built-in', { params: { role: name } });
  }
  const role: Role = {
    name,
    title: change.title === undefined ? (before?.title ?? null) : change.title,
    builtIn: before?.builtIn ?? false,
    permissions: before?.builtIn === true ? before.permissions : permissionsOf(change, before),
    networks: change.networks ?? before?.networks ?? [],
  };
  requireWithin(caller, role);
  refuseLockOut(caller, role);
  const now = nowInstant(clock);
  await putRole(tx, {
    name,
    title: role.title,
    permissions: role.builtIn ? null : JSON.stringify([...role.permissions]),
    networks: JSON.stringify(role.networks),
    created_at: now,
    updated_at: now,
  });
  await tx.audit({
    action: 'role.save',
    category: 'authorization',
    level: 'warning',
    subject: { kind: 'role', id: name },
    result: 'done',
    ...(before === undefined ? {} : { before: factsOf(before) }),
    after: factsOf(role),
  });
  return viewRole(role, await countByRole(tx));
}

/** @throws KuraError `identity.role-unknown`, `.role-built-in`, `.role-in-use` */
export async function deleteRole(
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  name: string,
): Promise<void> {
  const role = await requireGrantableRole(tx, caller, name);
  if (role.builtIn) throw new KuraError('conflict', 'identity.role-built-in', { params: { role: name } });
  if (await isRoleInUse(tx, name)) throw new KuraError('conflict', 'identity.role-in-use', { params: { role: name } });
  await dropRole(tx, name);
  const subject = { kind: 'role', id: name };
  await tx.audit({ action: 'role.delete', category: 'authorization', level: 'warning', subject, result: 'done' });
}

export function viewRole(role: Role, counts: ReadonlyMap<string, number>): RoleView {
  return { ...factsOf(role), name: role.name, builtIn: role.builtIn, accounts: counts.get(role.name) ?? 0 };
}

function permissionsOf(change: RoleChange, before: Role | undefined): ReadonlySet<Permission> {
  return new Set<Permission>([...ownAccount, ...(change.permissions ?? before?.permissions ?? [])]);
}

/** Neither making a role wider than oneself nor touching one that is. */
function requireWithin(caller: Caller, role: Role): void {
  if (!mayGrant(caller.permissions, role.permissions)) {
    throw new KuraError('forbidden', 'identity.role-too-wide', { params: { role: role.name } });
  }
}

/** A role that shuts out the one who sets it is a mistake nobody could take back. */
function refuseLockOut(caller: Caller, role: Role): void {
  if (caller.account?.role === role.name && !isAllowedFrom(role.networks, caller.from)) {
    throw new KuraError('conflict', 'identity.would-lock-out', { params: { address: caller.from ?? '?' } });
  }
}

function factsOf({ title, permissions, networks }: Role) {
  return { title, permissions: [...permissions], networks: [...networks] };
}
