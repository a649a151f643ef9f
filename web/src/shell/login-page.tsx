import './login-page.css';

import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { openSession } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { sessionQuery, useSession } from '../lib/session.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Brand } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { codeOf, errandOf, type LinkErrand } from './login-code.ts';
import { InvitationForm, ResetForm } from './login-errands.tsx';
import { LinkForm, PasswordForm } from './login-forms.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';

const route = getRouteApi('/login');

/** The link carries its code in the fragment, which browsers never send: it reaches no log on the way. */
export function LoginPage() {
  const { t } = useTranslation();
  const enter = useEnter();
  const { ended } = route.useSearch();
  // Read once: the code is then taken out of the address and the history.
  const [errand, setErrand] = useState(() => errandOf(window.location.hash));
  useEffect(() => {
    if (errand !== undefined) forgetFragment();
  }, [errand]);
  if (errand !== undefined) {
    return (
      <LoginFrame title={t(`login.${errand.kind}.title`)} lead={t(`login.${errand.kind}.lead`)}>
        <Errand errand={errand} onEntered={enter} onDone={() => setErrand(undefined)} />
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t('login.title')} lead={t('login.lead')}>
      {ended === true && (
        <Notice tone="info" role="status" title={t('login.ended')}>
          <p>{t('login.ended.advice')}</p>
        </Notice>
      )}
      <Steps onEntered={enter} />
    </LoginFrame>
  );
}

function LoginFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="k-login">
      <div className="k-login-wall k-namako" aria-hidden="true" />
      <main className="k-login-body">
        <div className="k-login-top">
          <Brand />
          <LanguageSwitch />
        </div>
        <PageHeader title={title} lead={lead} />
        {children}
      </main>
    </div>
  );
}

interface ErrandProps {
  readonly errand: LinkErrand;
  readonly onEntered: () => void;
  readonly onDone: () => void;
}

function Errand({ errand: { kind, code }, onEntered, onDone }: ErrandProps) {
  if (kind === 'reset') return <ResetForm code={code} onDone={onDone} />;
  return <InvitationForm code={code} onEntered={onEntered} />;
}

/** Password, link or code first; then, where the account has one, the second factor. Half a login outlives a reload. */
function Steps({ onEntered }: { readonly onEntered: () => void }) {
  const queries = useQueryClient();
  const awaited = useSession()?.secondFactorAwaited ?? false;
  function readAgain(): void {
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }
  if (awaited) {
    return (
      <div className="k-login-ways">
        <SecondFactorForm onEntered={onEntered} onLeave={readAgain} />
        <PasskeyButton onEntered={onEntered} />
      </div>
    );
  }
  return <Login onEntered={onEntered} onHalfEntered={readAgain} />;
}

interface LoginProps {
  readonly onEntered: () => void;
  readonly onHalfEntered: () => void;
}

function Login({ onEntered, onHalfEntered }: LoginProps) {
  const { t } = useTranslation();
  const login = useRouteMutation(openSession, {
    onSuccess: ({ stage }) => {
      if (stage === 'open') onEntered();
      else onHalfEntered();
    },
  });
  const tried = useRef(false);
  const { mutate } = login;
  useEffect(() => {
    const code = codeOf(window.location.hash);
    if (tried.current || code === undefined) return;
    tried.current = true;
    forgetFragment();
    mutate({ body: { code } });
  }, [mutate]);
  return (
    <div className="k-login-ways">
      {login.isPending && (
        <p role="status" className="k-login-wait">
          <Loader size="sm" /> {t('login.checking')}
        </p>
      )}
      {login.error !== null && <ProblemNotice error={login.error} />}
      <PasswordForm onSubmit={(body) => login.mutate({ body })} />
      <PasskeyButton onEntered={onEntered} />
      <LinkForm onSubmit={(code) => login.mutate({ body: { code } })} />
    </div>
  );
}

/** To where the person was going, as who they are now. */
function useEnter(): () => void {
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = route.useSearch();
  return () => {
    queries.removeQueries({ queryKey: sessionQuery.queryKey });
    void router.navigate({ href: next ?? '/', replace: true });
  };
}

function forgetFragment(): void {
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
}
