/** An account as a caller: what its role allows now, from where its role may come. */
import { KuraError } from '#kernel/errors';
import { addressList, type Caller } from '#platform/access';

import type { AccountRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { findRole, type Role } from '../roles/role-store.ts';
import { findAccount } from './account-store.ts';

/**
 * Undefined for an account that is gone or disabled.
 * @throws KuraError forbidden `identity.address-not-allowed`
 */
export async function accountCaller(
  reader: Reader,
  accountId: string,
  address: string | undefined,
): Promise<Caller | undefined> {
  const account = await findAccount(reader, accountId);
  if (account?.active !== 1) return undefined;
  const role = await findRole(reader, account.role);
  if (role === undefined) return undefined;
  if (!isAllowedFrom(role.networks, address)) throw new KuraError('forbidden', 'identity.address-not-allowed');
  return callerOfAccount(account, role, address);
}

function callerOfAccount(account: AccountRow, role: Role, address: string | undefined): Caller {
  return {
    kind: 'user',
    id: account.id,
    name: account.username,
    permissions: role.permissions,
    account: { role: account.role, fullName: account.full_name, language: account.language },
    ...(address === undefined ? {} : { from: address }),
  };
}

/** No networks are all networks; an unknown address is in none. */
export function isAllowedFrom(networks: readonly string[], address: string | undefined): boolean {
  return networks.length === 0 || (address !== undefined && addressList(networks).has(address));
}
