import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { requestPasswordReset } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Asks for a link by mail; absent where Kura sends none. What it says afterwards is the same for every address. */
export function ForgottenPassword() {
  const { t } = useTexts();
  const offered = useSession()?.ways.passwordReset ?? false;
  const [asking, setAsking] = useState(false);
  const [email, setEmail] = useState('');
  const request = useRouteMutation(requestPasswordReset);
  if (!offered) return null;
  if (request.isSuccess) {
    return (
      <Notice tone="ok" role="status" title={t('login.forgotten.done')}>
        <p>{t('login.forgotten.done.advice')}</p>
      </Notice>
    );
  }
  if (!asking) {
    return (
      <div className="k-login-form">
        <Button variant="subtle" onClick={() => setAsking(true)}>
          {t('login.forgotten')}
        </Button>
      </div>
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    request.mutate({ body: { email: email.trim() } });
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      {request.isError && <ProblemNotice error={request.error} />}
      <TextInput
        type="email"
        label={t('login.forgotten.email')}
        description={t('login.forgotten.hint')}
        value={email}
        maxLength={100}
        autoComplete="email"
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={request.isPending} disabled={!email.includes('@')}>
        {t('login.forgotten.submit')}
      </Button>
    </form>
  );
}
