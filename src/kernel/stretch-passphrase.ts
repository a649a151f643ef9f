/**
 * The key that age's scrypt recipient makes of a passphrase (https://c2sp.org/age#scrypt-recipient-stanza): scrypt (RFC 7914)
 * with r = 8 and p = 1. It needs 2^workFactor KiB for a moment, more than all else a command does; so whoever knows early
 * what will be asked has it done ahead, while hardly anything is loaded.
 */
import { randomBytes, scrypt } from 'node:crypto';

import { KIB, MIB } from './units.ts';

/**
 * 2^16 · 1 KiB = 64 MiB of memory, as much as RFC 9106 asks of machines without much of it. The age tool takes four times as
 * much; the least length of passphrases makes up for it, and small machines seal, too.
 */
export const usualWorkFactor = 16;
export const scryptSaltBytes = 16;
const LABEL = Buffer.from('age-encryption.org/v1/scrypt');

export interface SaltedPassphrase {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  /** Binary logarithm of N. */
  readonly workFactor: number;
}

export interface StretchedPassphrase extends SaltedPassphrase {
  readonly key: Uint8Array;
}

const ahead: StretchedPassphrase[] = [];

/** NFKC: full-width letters and composed kana count as what they stand for. */
export function normalPassphrase(typed: string): string {
  return typed.normalize('NFKC');
}

/** What a file with a passphrase says: all of it but the end of its line. */
export function passphraseIn(content: string): string {
  return normalPassphrase(content.replace(/\r?\n$/, ''));
}

/** The key, 32 bytes; one that was made ahead is not made again. */
export async function stretchPassphrase(wish: SaltedPassphrase): Promise<Uint8Array> {
  const { passphrase, salt, workFactor } = wish;
  const made = taken(
    (one) => one.passphrase === passphrase && one.workFactor === workFactor && Buffer.from(salt).equals(one.salt),
  );
  return made?.key ?? (await stretched(wish));
}

/** With a salt of its own, never the same twice. */
export async function stretchNewly(passphrase: string, workFactor: number): Promise<StretchedPassphrase> {
  const made = taken((one) => one.passphrase === passphrase && one.workFactor === workFactor);
  if (made !== undefined) return made;
  const wish = { passphrase, workFactor, salt: randomBytes(scryptSaltBytes) };
  return { ...wish, key: await stretched(wish) };
}

/** Makes a key that is asked for later in this process, once. */
export async function stretchAhead(
  passphrase: string,
  { salt = randomBytes(scryptSaltBytes), workFactor = usualWorkFactor }: Partial<SaltedPassphrase> = {},
): Promise<void> {
  const wish = { passphrase, salt, workFactor };
  ahead.push({ ...wish, key: await stretched(wish) });
}

function taken(isWanted: (one: StretchedPassphrase) => boolean): StretchedPassphrase | undefined {
  const index = ahead.findIndex(isWanted);
  return index < 0 ? undefined : ahead.splice(index, 1)[0];
}

async function stretched({ passphrase, salt, workFactor }: SaltedPassphrase): Promise<Uint8Array> {
  const N = 2 ** workFactor;
  const options = { N, r: 8, p: 1, maxmem: N * KIB + MIB };
  return await new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.concat([LABEL, salt]), 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
