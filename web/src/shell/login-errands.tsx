import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { acceptInvitation, resetPassword } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { useTexts } from '../lib/use-texts.ts';
import { NewPasswordInput } from '../ui/new-password-input.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { UsernameInput } from '../ui/username-input.tsx';

export function InvitationForm({ code, onEntered }: { readonly code: string; readonly onEntered: () => void }) {
  const { t } = useTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const accept = useRouteMutation(acceptInvitation, { onSuccess: onEntered });
  function submit(event: FormEvent): void {
    event.preventDefault();
    accept.mutate({ body: { code, username: username.trim(), password } });
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      {accept.isError && <ProblemNotice error={accept.error} />}
      <UsernameInput value={username} onChange={setUsername} />
      <NewPasswordInput value={password} onChange={setPassword} />
      <Button type="submit" loading={accept.isPending} disabled={username.trim().length < 3 || password.length < 12}>
        {t('login.invitation.submit')}
      </Button>
    </form>
  );
}

/** Afterwards the person logs in with it, which proves that it was remembered. */
export function ResetForm({ code, onDone }: { readonly code: string; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const reset = useRouteMutation(resetPassword, { onSuccess: onDone });
  function submit(event: FormEvent): void {
    event.preventDefault();
    reset.mutate({ body: { code, password } });
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      {reset.isError && <ProblemNotice error={reset.error} />}
      <NewPasswordInput value={password} onChange={setPassword} />
      <Button type="submit" loading={reset.isPending} disabled={password.length < 12}>
        {t('login.reset.submit')}
      </Button>
    </form>
  );
}
