import { Button, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { type AccountView, changeProfile, readSession, readUser } from '#platform/identity/contract';

import { isLanguage } from '../../lib/language.ts';
import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Name, e-mail and language: what a person says of themselves. Of accounts kept elsewhere, the language only. */
export function ProfileForm({ account }: { readonly account: AccountView }) {
  const { t } = useTexts();
  const isOwn = account.kind === 'local';
  const [fullName, setFullName] = useState(account.fullName ?? '');
  const [email, setEmail] = useState(account.email ?? '');
  const [language, setLanguage] = useState(account.language ?? '');
  const change = useRouteMutation(changeProfile, {
    stales: [readUser, readSession],
    onSuccess: () => notifications.show({ message: t('account.profile-done') }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const own = isOwn ? { fullName: fullName.trim() || null, email: email.trim() || null } : {};
    const body = { ...own, language: isLanguage(language) ? language : null };
    change.mutate({ params: { user: 'me' }, body });
  }
  return (
    <form onSubmit={submit} className="k-card k-account-form">
      <h2>{t('account.profile')}</h2>
      {change.isError && <ProblemNotice error={change.error} />}
      {isOwn && (
        <>
          <TextInput
            label={t('account.full-name')}
            value={fullName}
            maxLength={100}
            autoComplete="name"
            onChange={(event) => setFullName(event.currentTarget.value)}
          />
          <TextInput
            type="email"
            label={t('account.email')}
            description={t('account.email-hint')}
            value={email}
            maxLength={100}
            autoComplete="email"
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </>
      )}
      <Select
        label={t('account.language')}
        description={t('account.language-hint')}
        value={language}
        onChange={(chosen) => setLanguage(chosen ?? '')}
        allowDeselect={false}
        data={[
          { value: '', label: t('account.language-browser') },
          { value: 'ja', label: '日本語' },
          { value: 'en', label: 'English' },
        ]}
      />
      <Button type="submit" loading={change.isPending}>
        {t('account.profile-submit')}
      </Button>
    </form>
  );
}
