/**
 * Codes on paper for when the phone is lost. 120 random bits each: enough that a plain hash keeps them (OWASP ASVS
 * 6.5.2 asks for 112).
 */
import { Secret } from 'otpauth';

import type { Random } from '#kernel/clock';

import { secretHash } from '../secret-hash.ts';

export const recoveryCodeCount = 10;
const codeBytes = 15;

/** `ABCD-EFGH-…`: six groups of four. */
export function newRecoveryCodes(random: Random): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const { base32 } = new Secret({ buffer: Uint8Array.from(random.bytes(codeBytes)).buffer });
    return base32.replaceAll(/.{4}(?=.)/g, '$&-');
  });
}

/** However it was typed. */
export function recoveryCodeHash(code: string): string {
  return secretHash(plainCode(code));
}

/** Without the gaps and hyphens people type. */
export function plainCode(code: string): string {
  return code.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
}
