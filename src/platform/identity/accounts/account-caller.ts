/** An account as a caller: what its role allows now, from where its role may come. */
import { KuraError } from '#kernel/errors';
import { addressList, type Caller } from '#platform/access';
import type { Permission } from '#platform/contract';

import { mustEnrol } from '../factors/factor-policy.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { findRole } from '../roles/role-store.ts';
import { findAccount } from './account-store.ts';

/**
 * Undefined for an account that is gone or disabled.
 * @throws KuraError forbidden `identity.address-not-allowed`
 */
export async function accountCaller(
  deps: Pick<IdentityDeps, 'database' | 'settings'>,
  accountId: string,
  address: string | undefined,
): Promise<Caller | undefined> {
  const { database } = deps;
  const account = await findAccount(database, accountId);
  if (account?.active !== 1) return undefined;
  const role = await findRole(database, account.role);
  if (role === undefined) return undefined;
  if (!isAllowedFrom(role.networks, address)) throw new KuraError('forbidden', 'identity.address-not-allowed');
  const permissions = (await mustEnrol(deps, database, account)) ? enrolling : role.permissions;
  return callerOfAccount(account, permissions, address);
}

/** What is left where the role asks for a second factor that is missing. */
const enrolling: ReadonlySet<Permission> = new Set<Permission>(['account:factors']);

function callerOfAccount(account: AccountRow, held: ReadonlySet<Permission>, address: string | undefined): Caller {
  return {
    kind: 'user',
    id: account.id,
    name: account.username,
    permissions: held,
    account: {
      role: account.role,
      fullName: account.full_name,
      language: account.language,
      department: account.department,
    },
    ...(address === undefined ? {} : { from: address }),
  };
}

/** No networks are all networks; an unknown address is in none. */
export function isAllowedFrom(networks: readonly string[], address: string | undefined): boolean {
  return networks.length === 0 || (address !== undefined && addressList(networks).has(address));
}
