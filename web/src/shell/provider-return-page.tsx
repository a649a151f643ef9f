import './login-page.css';

import { Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { openByProvider } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { LoginFrame } from './login-frame.tsx';
import { takeFlow } from './provider-flow.ts';
import { useEnter } from './use-enter.ts';

/** Where the login provider sends the browser back to. What it brought leaves the address at once. */
export function ProviderReturnPage() {
  const { t } = useTexts();
  const [returned] = useState(() => ({ query: window.location.search, remembered: takeFlow() }));
  const { query, remembered } = returned;
  const enter = useEnter(remembered?.next);
  const login = useRouteMutation(openByProvider, { onSuccess: enter });
  const { mutate, error } = login;
  useEffect(() => {
    window.history.replaceState(window.history.state, '', window.location.pathname);
    if (remembered !== undefined) mutate({ body: { flow: remembered.flow, query: query === '' ? '?' : query } });
  }, [mutate, query, remembered]);
  return (
    <LoginFrame title={t('login.title')} lead={t('login.provider.lead')}>
      <div className="k-login-ways">
        {login.isPending && (
          <p role="status" className="k-login-wait">
            <Loader size="sm" /> {t('login.checking')}
          </p>
        )}
        {error !== null && <ProblemNotice error={error} />}
        {remembered === undefined && (
          <Notice tone="warn" role="alert" title={t('login.provider.elsewhere')}>
            <p>{t('login.provider.elsewhere.advice')}</p>
          </Notice>
        )}
        {(error !== null || remembered === undefined) && <Link to="/login">{t('login.provider.again')}</Link>}
      </div>
    </LoginFrame>
  );
}
