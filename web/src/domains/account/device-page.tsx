import './account-page.css';

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { keyScopes } from '#platform/contract';
import {
  type DeviceDecision,
  type DeviceLoginView,
  decideDeviceLogin,
  lookUpDeviceLogin,
} from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useScopeWords } from '../identity/keys/scope-words.ts';

/** Somebody reads a code off a terminal and says here whether that terminal may act in their name. */
export function DevicePage() {
  const { t } = useTexts();
  const [userCode, setUserCode] = useState('');
  const [done, setDone] = useState<DeviceDecision>();
  const lookUp = useRouteMutation(lookUpDeviceLogin);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setDone(undefined);
    lookUp.mutate({ body: { userCode } });
  }
  function finish(decision: DeviceDecision): void {
    setDone(decision);
    setUserCode('');
    lookUp.reset();
  }
  return (
    <>
      <PageHeader title={t('device.title')} lead={t('device.lead')} />
      <div className="k-own-account">
        {done !== undefined && (
          <Notice tone={done === 'approved' ? 'ok' : 'info'} role="status" title={t(`device.${done}`)} />
        )}
        <form onSubmit={submit} className="k-card k-account-form">
          {lookUp.isError && <ProblemNotice error={lookUp.error} />}
          <TextInput
            label={t('device.code')}
            description={t('device.code-hint')}
            value={userCode}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="k-mono"
            onChange={(event) => {
              setUserCode(event.currentTarget.value);
              lookUp.reset();
            }}
          />
          <Button type="submit" variant="default" loading={lookUp.isPending} disabled={userCode.trim().length < 8}>
            {t('device.look-up')}
          </Button>
        </form>
        {lookUp.data !== undefined && <Decision userCode={userCode} device={lookUp.data} onDone={finish} />}
      </div>
    </>
  );
}

interface DecisionProps {
  readonly userCode: string;
  readonly device: DeviceLoginView;
  readonly onDone: (decision: DeviceDecision) => void;
}

function Decision({ userCode, device, onDone }: DecisionProps) {
  const { t } = useTexts();
  const scopeWords = useScopeWords();
  const decide = useRouteMutation(decideDeviceLogin);
  const isAll = device.scopes.length === keyScopes.length;
  function answer(decision: DeviceDecision): void {
    decide.mutate({ body: { userCode, decision } }, { onSuccess: () => onDone(decision) });
  }
  return (
    <section className="k-card k-account-form" aria-labelledby="device-question">
      <h2 id="device-question">{t('device.question')}</h2>
      <Notice tone="warn" title={t('device.warning')}>
        <p>{t('device.warning.advice')}</p>
      </Notice>
      <Facts
        facts={[
          { term: t('device.name'), value: device.name },
          { term: t('device.address'), value: device.address ?? '–' },
          { term: t('device.asked'), value: <Moment at={device.createdAt} /> },
          { term: t('device.may'), value: isAll ? t('device.may-all') : device.scopes.map(scopeWords).join(' · ') },
        ]}
      />
      {decide.isError && <ProblemNotice error={decide.error} />}
      <div className="k-account-acts">
        <Button loading={decide.isPending} onClick={() => answer('approved')}>
          {t('device.approve')}
        </Button>
        <Button variant="default" disabled={decide.isPending} onClick={() => answer('denied')}>
          {t('device.deny')}
        </Button>
      </div>
    </section>
  );
}
