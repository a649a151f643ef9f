import './login-page.css';

import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { openSession } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { sessionQuery, useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ForgottenPassword } from './forgotten-password.tsx';
import { codeOf, errandOf, type LinkErrand } from './login-code.ts';
import { InvitationForm, ResetForm } from './login-errands.tsx';
import { LinkForm, PasswordForm } from './login-forms.tsx';
import { LoginFrame } from './login-frame.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { ProviderButton } from './provider-button.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/login');

/** The link carries its code in the fragment, which browsers never send: it reaches no log on the way. */
export function LoginPage() {
  const { t } = useTexts();
  const { ended, next } = route.useSearch();
  const enter = useEnter(next);
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
  const { t } = useTexts();
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
      <ForgottenPassword />
      <ProviderButton next={route.useSearch().next} />
      <PasskeyButton onEntered={onEntered} />
      <LinkForm onSubmit={(code) => login.mutate({ body: { code } })} />
    </div>
  );
}

function forgetFragment(): void {
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
}
