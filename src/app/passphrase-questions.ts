/** How a person is asked for a passphrase before the program is loaded. Its own file: joined, it brings what it names, no more. */
import { processEnvironment } from '#platform/config';
import { type PassphrasePrompt, passphraseMessages } from '#platform/passphrases';

import { initialPreferences } from './initial-preferences.ts';

/** In the language that the command will speak. */
export async function passphraseQuestions(
  argv: readonly string[],
  isNew: boolean,
): Promise<Omit<PassphrasePrompt, 'signal'>> {
  const { language } = await initialPreferences(argv, processEnvironment());
  const texts = passphraseMessages[language];
  return isNew
    ? { question: texts['passphrases.new'], again: texts['passphrases.again'] }
    : { question: texts['passphrases.wanted'] };
}
