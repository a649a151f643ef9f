/** The code a person reads off one screen and types into another: eight consonants, so that no words come out (RFC 8628 6.1). */
import type { Random } from '#kernel/clock';

const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;
/** Bytes from here on would make some letters likelier than others. */
const fair = 256 - (256 % letters.length);

/** 34 bits; with ten minutes and the counters of failed logins nobody guesses one. */
export function newUserCode(random: Random): string {
  const code: string[] = [];
  while (code.length < length) {
    for (const byte of random.bytes(length)) {
      if (byte < fair && code.length < length) code.push(letters[byte % letters.length] ?? '');
    }
  }
  return `${code.slice(0, 4).join('')}-${code.slice(4).join('')}`;
}

/** As people type it: small letters, spaces, without the dash. */
export function plainUserCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
}
