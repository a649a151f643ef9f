/** Who has a second factor, and who must (P-032). */
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { listPasskeys } from '../passkeys/passkey-store.ts';
import type { Reader } from '../reader.ts';
import { findTotp } from './factor-store.ts';

export async function hasSecondFactor(reader: Reader, accountId: string): Promise<boolean> {
  const totp = await findTotp(reader, accountId);
  if (totp !== undefined && totp.confirmed_at !== null) return true;
  return (await listPasskeys(reader, accountId)).length > 0;
}

export function mustHaveSecondFactor({ settings }: Pick<IdentityDeps, 'settings'>, { role }: AccountRow): boolean {
  return settings().secondFactorRoles.includes(role);
}

/** Whether the account may do nothing but set up the factor its role asks for. */
export async function mustEnrol(
  deps: Pick<IdentityDeps, 'settings'>,
  reader: Reader,
  account: AccountRow,
): Promise<boolean> {
  return mustHaveSecondFactor(deps, account) && !(await hasSecondFactor(reader, account.id));
}
