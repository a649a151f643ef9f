import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { disableTotp, readFactors, readSession, renewRecoveryCodes } from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { FactorCodeInput, mayBeCode } from '../../ui/factor-code-input.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

interface ProofFormProps {
  readonly act: 'renew' | 'remove';
  readonly hasPassword: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onDone: () => void;
}

/** Password and code once more, before the factor is changed. */
export function ProofForm({ act, hasPassword, onCodes, onDone }: ProofFormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const renew = useRouteMutation(renewRecoveryCodes, {
    stales: [readFactors],
    onSuccess: ({ recoveryCodes }) => {
      onCodes(recoveryCodes);
      onDone();
    },
  });
  const remove = useRouteMutation(disableTotp, {
    stales: [readFactors, readSession],
    onSuccess: () => {
      notifications.show({ message: t('factor.removed') });
      onDone();
    },
  });
  const doing = act === 'renew' ? renew : remove;
  function submit(event: FormEvent): void {
    event.preventDefault();
    doing.mutate({ body: { code, ...(hasPassword ? { password } : {}) } });
  }
  return (
    <form onSubmit={submit} className="k-account-proof">
      <p>{t(`factor.${act}-lead`)}</p>
      {doing.isError && <ProblemNotice error={doing.error} />}
      {hasPassword && (
        <SecretInput
          label={t('account.password-current')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
      )}
      <FactorCodeInput value={code} onChange={setCode} recovery />
      <Button type="submit" loading={doing.isPending} disabled={!mayBeCode(code) || (hasPassword && password === '')}>
        {t(`factor.${act}`)}
      </Button>
      <Button variant="default" onClick={onDone}>
        {t('factor.cancel')}
      </Button>
    </form>
  );
}
