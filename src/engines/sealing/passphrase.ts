/** Passphrases must not be too short to mean anything. */
import { KuraError } from '#kernel/errors';

export const minPassphraseLength = 12;

/** @throws KuraError invalid `sealing.passphrase-weak` */
export function checkPassphrase(passphrase: string): void {
  const characters = Array.from(passphrase);
  if (characters.length < minPassphraseLength || new Set(characters).size < 5) {
    throw new KuraError('invalid', 'sealing.passphrase-weak', { params: { min: minPassphraseLength } });
  }
}
