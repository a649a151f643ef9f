import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { isLanguage, rememberLanguage } from '../lib/language.ts';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';

/** Whoever is logged in reads the language of their account, on whichever machine. */
export function useOwnLanguage(): void {
  const { i18n } = useTexts();
  const queries = useQueryClient();
  const language = useSession()?.caller?.language;
  useEffect(() => {
    if (!isLanguage(language) || document.documentElement.lang === language) return;
    rememberLanguage(language);
    // Reasons and advice came in the language of before.
    void i18n.changeLanguage(language).then(() => queries.invalidateQueries());
  }, [language, i18n, queries]);
}
