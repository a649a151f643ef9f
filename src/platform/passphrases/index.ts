/** Passphrases that people give to a command, and how they are asked for them. Small: it is loaded before the program is. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type PassphrasePrompt, type PassphraseWish, readPassphrase, readPassphraseAhead } from './read-passphrase.ts';
export const passphraseMessages = { en, ja } satisfies Catalogues;
