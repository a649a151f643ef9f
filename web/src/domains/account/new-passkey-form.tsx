import { Button, TextInput } from '@mantine/core';
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';

import { beginPasskey, finishPasskey, readFactors, readSession } from '#platform/identity/contract';

import { api } from '../../lib/api.ts';
import { routeKey } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { PasskeyProblem } from '../../ui/passkey-problem.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

interface NewPasskey {
  readonly name: string;
  /** Undefined for accounts whose password is kept elsewhere. */
  readonly password: string | undefined;
}

async function add({ name, password }: NewPasskey) {
  const options = await api.call(beginPasskey, { body: password === undefined ? {} : { password } });
  // The server's library writes what the browser's reads.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = await startRegistration({ optionsJSON });
  return api.call(finishPasskey, { body: { name, response: { ...response } } });
}

interface NewPasskeyFormProps {
  readonly hasPassword: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onDone: () => void;
}

export function NewPasskeyForm({ hasPassword, onCodes, onDone }: NewPasskeyFormProps) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const adding = useMutation({
    mutationFn: add,
    onSuccess: async ({ recoveryCodes }) => {
      onCodes(recoveryCodes);
      onDone();
      for (const stale of [readFactors, readSession]) await queries.invalidateQueries({ queryKey: routeKey(stale) });
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    adding.mutate({ name: name.trim(), password: hasPassword ? password : undefined });
  }
  return (
    <form onSubmit={submit} className="k-account-proof">
      {adding.isError && <PasskeyProblem error={adding.error} />}
      <TextInput
        label={t('passkey.name')}
        description={t('passkey.name-hint')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {hasPassword && (
        <SecretInput
          label={t('factor.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
      )}
      <Button
        type="submit"
        loading={adding.isPending}
        disabled={name.trim() === '' || (hasPassword && password === '')}
      >
        {t('passkey.create')}
      </Button>
      <Button variant="default" onClick={onDone}>
        {t('factor.cancel')}
      </Button>
    </form>
  );
}
