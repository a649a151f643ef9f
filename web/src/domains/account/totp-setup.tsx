import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { beginTotp, finishTotp, readFactors, readSession, type TotpToConfirm } from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { FactorCodeInput, mayBeCode } from '../../ui/factor-code-input.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

interface TotpSetupProps {
  readonly hasPassword: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** Password, picture to scan, first code. */
export function TotpSetup({ hasPassword, onCodes }: TotpSetupProps) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const begin = useRouteMutation(beginTotp, { onSuccess: () => setPassword('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    begin.mutate({ body: hasPassword ? { password } : {} });
  }
  if (begin.data !== undefined) return <Scan begun={begin.data} onCodes={onCodes} />;
  return (
    <form onSubmit={submit} className="k-account-proof">
      {begin.isError && <ProblemNotice error={begin.error} />}
      {hasPassword && (
        <SecretInput
          label={t('factor.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
      )}
      <Button type="submit" loading={begin.isPending} disabled={hasPassword && password === ''}>
        {t('factor.begin')}
      </Button>
    </form>
  );
}

interface ScanProps {
  readonly begun: TotpToConfirm;
  readonly onCodes: (codes: readonly string[]) => void;
}

function Scan({ begun: { secret, uri }, onCodes }: ScanProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const finish = useRouteMutation(finishTotp, {
    stales: [readFactors, readSession],
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    finish.mutate({ body: { code } });
  }
  return (
    <form onSubmit={submit} className="k-account-proof">
      <p>{t('factor.scan')}</p>
      <QrCode text={uri} label={t('factor.picture')} />
      <p>
        {t('factor.by-hand')} <code className="k-mono k-account-secret">{secret.replaceAll(/.{4}(?=.)/g, '$& ')}</code>
      </p>
      {finish.isError && <ProblemNotice error={finish.error} />}
      <FactorCodeInput value={code} onChange={setCode} />
      <Button type="submit" loading={finish.isPending} disabled={!mayBeCode(code)}>
        {t('factor.finish')}
      </Button>
    </form>
  );
}
