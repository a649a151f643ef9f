import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { isLanguage, rememberLanguage } from '../lib/language.ts';

const choices = [
  { value: 'ja', label: <span lang="ja">日本語</span> },
  { value: 'en', label: <span lang="en">English</span> },
];

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  async function choose(language: string): Promise<void> {
    if (!isLanguage(language)) return;
    rememberLanguage(language);
    await i18n.changeLanguage(language);
    // Reasons and advice came in the language of before.
    await queries.invalidateQueries();
  }
  return (
    <SegmentedControl
      size="xs"
      data={choices}
      value={i18n.language}
      onChange={(language) => void choose(language)}
      aria-label={t('shell.language')}
    />
  );
}
