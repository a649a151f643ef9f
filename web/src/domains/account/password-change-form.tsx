import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { changePassword, readSession, readUser } from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { NewPasswordInput } from '../../ui/new-password-input.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

export function PasswordChangeForm() {
  const { t } = useTexts();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useRouteMutation(changePassword, {
    stales: [readUser, readSession],
    onSuccess: () => {
      notifications.show({ message: t('account.password-done') });
      setCurrent('');
      setPassword('');
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    change.mutate({ body: { current, password } });
  }
  return (
    <form onSubmit={submit} className="k-card k-account-form">
      <h2>{t('account.password')}</h2>
      <p>{t('account.password-lead')}</p>
      {change.isError && <ProblemNotice error={change.error} />}
      <SecretInput
        label={t('account.password-current')}
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
      />
      <NewPasswordInput value={password} onChange={setPassword} />
      <Button type="submit" loading={change.isPending} disabled={current === '' || password.length < 12}>
        {t('account.password-submit')}
      </Button>
    </form>
  );
}
