import './login-page.css';

import { Button, Loader, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { openSession } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { sessionQuery } from '../lib/session.ts';
import { PageHeader } from '../ui/page-header.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Brand } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { codeOf } from './login-code.ts';

const route = getRouteApi('/login');

/** The link carries its code in the fragment, which browsers never send: it reaches no log on the way. */
export function LoginPage() {
  const { t } = useTranslation();
  const login = useLogin();
  return (
    <div className="k-login">
      <div className="k-login-wall k-namako" aria-hidden="true" />
      <main className="k-login-body">
        <div className="k-login-top">
          <Brand />
          <LanguageSwitch />
        </div>
        <PageHeader title={t('login.title')} lead={t('login.lead')} />
        {login.isPending ? (
          <p role="status" className="k-login-wait">
            <Loader size="sm" /> {t('login.checking')}
          </p>
        ) : (
          <LoginForm onSubmit={(code) => login.mutate({ body: { code } })} error={login.error} />
        )}
      </main>
    </div>
  );
}

interface LoginFormProps {
  readonly onSubmit: (code: string) => void;
  readonly error: Error | null;
}

function LoginForm({ onSubmit, error }: LoginFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const code = codeOf(text);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code !== undefined) onSubmit(code);
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      {error !== null && <ProblemNotice error={error} />}
      <p>
        {t('login.how')} <code className="k-mono">kura login-link</code>
      </p>
      <TextInput
        label={t('login.code')}
        description={t('login.code.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" disabled={code === undefined}>
        {t('login.submit')}
      </Button>
    </form>
  );
}

function useLogin() {
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = route.useSearch();
  const login = useRouteMutation(openSession, {
    onSuccess: () => {
      queries.removeQueries({ queryKey: sessionQuery.queryKey });
      void router.navigate({ href: next ?? '/', replace: true });
    },
  });
  const tried = useRef(false);
  const { mutate } = login;
  useEffect(() => {
    const code = codeOf(window.location.hash);
    if (tried.current || code === undefined) return;
    tried.current = true;
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    mutate({ body: { code } });
  }, [mutate]);
  return login;
}
