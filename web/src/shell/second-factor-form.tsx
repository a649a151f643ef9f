import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { closeSession, showSecondFactor } from '#platform/identity/contract';

import { useRouteMutation } from '../lib/route-query.ts';
import { useTexts } from '../lib/use-texts.ts';
import { FactorCodeInput, mayBeCode } from '../ui/factor-code-input.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

interface SecondFactorFormProps {
  readonly onEntered: () => void;
  /** Back to the password. */
  readonly onLeave: () => void;
}

/** The second step of a login. */
export function SecondFactorForm({ onEntered, onLeave }: SecondFactorFormProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const show = useRouteMutation(showSecondFactor, { onSuccess: onEntered });
  const leave = useRouteMutation(closeSession, { onSuccess: onLeave });
  function submit(event: FormEvent): void {
    event.preventDefault();
    show.mutate({ body: { code } });
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      <p role="status">{t('login.second-factor')}</p>
      {show.isError && <ProblemNotice error={show.error} />}
      <FactorCodeInput value={code} onChange={setCode} recovery />
      <Button type="submit" loading={show.isPending} disabled={!mayBeCode(code)}>
        {t('login.submit')}
      </Button>
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate({})}>
        {t('login.start-again')}
      </Button>
    </form>
  );
}
