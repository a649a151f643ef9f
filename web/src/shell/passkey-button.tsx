import { Button } from '@mantine/core';
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';

import { askForPasskey, openByPasskey } from '#platform/identity/contract';

import { api } from '../lib/api.ts';
import { useTexts } from '../lib/use-texts.ts';
import { PasskeyProblem } from '../ui/passkey-problem.tsx';

async function logIn(): Promise<void> {
  const options = await api.call(askForPasskey, {});
  // The server's library writes what the browser's reads.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON });
  await api.call(openByPasskey, { body: { response: { ...response } } });
}

/** Logs in with whichever passkey the person picks; absent where the browser knows none. */
export function PasskeyButton({ onEntered }: { readonly onEntered: () => void }) {
  const { t } = useTexts();
  const login = useMutation({ mutationFn: logIn, onSuccess: onEntered });
  if (!browserSupportsWebAuthn()) return null;
  return (
    <div className="k-login-form">
      {login.isError && <PasskeyProblem error={login.error} />}
      <Button variant="default" loading={login.isPending} onClick={() => login.mutate()}>
        {t('login.passkey')}
      </Button>
    </div>
  );
}
