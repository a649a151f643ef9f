/** What directories write about whether an account may be used, each in its own way. Pure. */
import { DAY } from '#kernel/units';
import type { PersonState } from '#platform/identity';

/** Text of an attribute's first value. */
export type ReadAttribute = (attribute: string) => string | undefined;

export const stateAttributes: readonly string[] = [
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'accountExpires',
  'pwdAccountLockedTime',
  'shadowExpire',
  'nsAccountLock',
  'loginDisabled',
];

/** Flags of userAccountControl, [MS-ADTS] 2.2.16. */
const disabledFlag = 0x2;
const lockedFlag = 0x10;
const passwordExpiredFlag = 0x80_0000;
/** ppolicy: locked by an administrator, until one unlocks it (draft-behera-ldap-password-policy §5.3.3). */
const lockedForGood = '000001010000Z';
/** From 1601 to 1970, in milliseconds. */
const windowsEpochMs = 11_644_473_600_000;
const neverInWindows = 0x7fff_ffff_ffff_ffffn;

/** @param now milliseconds since 1970 */
export function accountState(read: ReadAttribute, now: number): PersonState {
  const control = flags(read('userAccountControl')) | flags(read('msDS-User-Account-Control-Computed'));
  const isOff = isTrue(read('nsAccountLock')) || isTrue(read('loginDisabled'));
  if ((control & disabledFlag) !== 0 || isOff || read('pwdAccountLockedTime') === lockedForGood) return 'disabled';
  const ends = [windowsEnd(read('accountExpires')), shadowEnd(read('shadowExpire'))];
  if (ends.some((end) => end !== undefined && end <= now)) return 'expired';
  if ((control & passwordExpiredFlag) !== 0) return 'password-expired';
  if ((control & lockedFlag) !== 0 || read('pwdAccountLockedTime') !== undefined) return 'locked';
  return 'usable';
}

function flags(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isSafeInteger(value) ? value : 0;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** Hundreds of nanoseconds since 1601; zero and the largest number are never. */
function windowsEnd(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,19}$/.test(text)) return undefined;
  const ticks = BigInt(text);
  return ticks === 0n || ticks >= neverInWindows ? undefined : Number(ticks / 10_000n) - windowsEpochMs;
}

/** Days since 1970; nothing and negative numbers are never (shadow(5)). */
function shadowEnd(text: string | undefined): number | undefined {
  const days = Number(text ?? -1);
  return Number.isInteger(days) && days >= 0 ? days * DAY : undefined;
}
