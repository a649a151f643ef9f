import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';

import { changeProfile } from '#platform/identity/contract';

import { api } from '../lib/api.ts';
import { isLanguage, rememberLanguage } from '../lib/language.ts';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';

const choices = [
  { value: 'ja', label: <span lang="ja">日本語</span> },
  { value: 'en', label: <span lang="en">English</span> },
];

export function LanguageSwitch() {
  const { t, i18n } = useTexts();
  const queries = useQueryClient();
  const caller = useSession()?.caller ?? null;
  const mayKeep = caller !== null && caller.accountId !== null && caller.permissions.includes('account:self');
  async function choose(language: string): Promise<void> {
    if (!isLanguage(language)) return;
    // Not kept: then it is the choice of this browser only.
    if (mayKeep) await api.call(changeProfile, { params: { user: 'me' }, body: { language } }).catch(() => undefined);
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
