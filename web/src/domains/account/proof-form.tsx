import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../../lib/use-texts.ts';
import { FactorCodeInput, mayBeCode } from '../../ui/factor-code-input.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

interface ProofFormProps {
  /** What will happen. */
  readonly lead: string;
  readonly submit: string;
  readonly hasPassword: boolean;
  readonly doing: { readonly isPending: boolean; readonly error: Error | null };
  readonly onProof: (proof: { readonly code: string; readonly password?: string }) => void;
  readonly onCancel: () => void;
}

/** Password and code once more, before a factor is changed. */
export function ProofForm({ lead, submit, hasPassword, doing, onProof, onCancel }: ProofFormProps) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  function prove(event: FormEvent): void {
    event.preventDefault();
    onProof({ code, ...(hasPassword ? { password } : {}) });
  }
  return (
    <form onSubmit={prove} className="k-account-proof">
      <p>{lead}</p>
      {doing.error !== null && <ProblemNotice error={doing.error} />}
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
        {submit}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {t('factor.cancel')}
      </Button>
    </form>
  );
}
