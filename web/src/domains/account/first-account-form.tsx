import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';

import { createFirstAccount } from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { NewPasswordInput } from '../../ui/new-password-input.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { UsernameInput } from '../../ui/username-input.tsx';

/** The owner of the machine becomes the first administrator with an account, and goes on as such. */
export function FirstAccountForm() {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const create = useRouteMutation(createFirstAccount, { onSuccess: () => void queries.invalidateQueries() });
  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({ body: { username: username.trim(), password } });
  }
  return (
    <form onSubmit={submit} className="k-card k-account-form">
      <h2>{t('account.first')}</h2>
      <p>{t('account.first-lead')}</p>
      {create.isError && <ProblemNotice error={create.error} />}
      <UsernameInput value={username} onChange={setUsername} />
      <NewPasswordInput value={password} onChange={setPassword} />
      <Button type="submit" loading={create.isPending} disabled={username.trim().length < 3 || password.length < 12}>
        {t('account.first-submit')}
      </Button>
    </form>
  );
}
