/** When a password is too old: only where the people of the house want that, since it makes passwords worse (P-030, B-022). */
import { type Instant, instant } from '#kernel/brands';
import { DAY } from '#kernel/units';

import type { IdentitySettings } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';

type Dated = Pick<AccountRow, 'kind' | 'password_hash' | 'password_changed_at' | 'created_at'>;

/** Null: it has no end, or is kept by somebody else. */
export function passwordExpiresAt({ passwordDays }: IdentitySettings, account: Dated): Instant | null {
  if (passwordDays === 0 || account.kind !== 'local' || account.password_hash === null) return null;
  const since = Date.parse(account.password_changed_at ?? account.created_at);
  return instant(new Date(since + passwordDays * DAY));
}

export function isPasswordOver(settings: IdentitySettings, account: Dated, now: number): boolean {
  const end = passwordExpiresAt(settings, account);
  return end !== null && Date.parse(end) <= now;
}
