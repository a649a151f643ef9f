import type { Catalogues } from '#kernel/messages';
import { passphraseMessages } from '#platform/passphrases';

import { en } from './en.ts';
import { ja } from './ja.ts';

export const protectionMessages: Catalogues = {
  en: { ...passphraseMessages.en, ...en },
  ja: { ...passphraseMessages.ja, ...ja },
};
