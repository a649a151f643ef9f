/** Passphrases: normalised, so that what is typed on another system is the same, and not too short to mean anything. */
import { KuraError } from '#kernel/errors';

export const minPassphraseLength = 12;

/** NFKC: full-width letters and composed kana count as what they stand for. */
export function normalPassphrase(typed: string): string {
  return typed.normalize('NFKC');
}

/** @throws KuraError invalid `sealing.passphrase-weak` */
export function checkPassphrase(passphrase: string): void {
  const characters = Array.from(passphrase);
  if (characters.length < minPassphraseLength || new Set(characters).size < 5) {
    throw new KuraError('invalid', 'sealing.passphrase-weak', { params: { min: minPassphraseLength } });
  }
}
