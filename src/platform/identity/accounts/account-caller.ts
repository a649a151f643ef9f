/** An account as a caller: what its role allows now, from where its role may come. */
import { KuraError } from '#kernel/errors';
import { addressList, type Caller } from '#platform/access';
import type { Permission } from '#platform/contract';

import { mustEnrol } from '../factors/factor-policy.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { isPasswordOver } from '../passwords/password-age.ts';
import { findRole } from '../roles/role-store.ts';
import { findAccount } from './account-store.ts';

/** By what somebody shows that they are the account. */
export interface Shown {
  readonly address: string | undefined;
  /** Whether the password was part of it. */
  readonly byPassword: boolean;
}

/**
 * Undefined for an account that is gone or disabled.
 * @throws KuraError forbidden `identity.address-not-allowed`
 */
export async function accountCaller(
  deps: Pick<IdentityDeps, 'database' | 'settings' | 'clock'>,
  accountId: string,
  { address, byPassword }: Shown,
): Promise<Caller | undefined> {
  const { database } = deps;
  const account = await findAccount(database, accountId);
  if (account?.active !== 1) return undefined;
  const role = await findRole(database, account.role);
  if (role === undefined) return undefined;
  if (!isAllowedFrom(role.networks, address)) throw new KuraError('forbidden', 'identity.address-not-allowed');
  // A password that is too old holds up who comes by it, not the keys that programs work with.
  const first: readonly Permission[] = [
    ...((await mustEnrol(deps, database, account)) ? (['account:factors'] as const) : []),
    ...(byPassword && isPasswordOver(deps.settings(), account, deps.clock.now())
      ? (['account:password'] as const)
      : []),
  ];
  return callerOfAccount(account, first.length === 0 ? role.permissions : new Set(first), address);
}

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
