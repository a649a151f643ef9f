/** What the provider says of itself, asked once an hour. */
import type { Configuration, CustomFetch } from 'openid-client';

import type { Clock } from '#kernel/clock';
import { HOUR } from '#kernel/units';

import type { OidcSettings } from './oidc-settings.ts';
import { timeoutSeconds } from './provider-faults.ts';

/** It changes rarely; keys that are not known are fetched again by the library. */
const knownMs = HOUR;

export function createKnownProvider(
  settings: OidcSettings,
  fetch: CustomFetch,
  clock: Pick<Clock, 'monotonic'>,
): () => Promise<Configuration> {
  let known: { readonly configuration: Promise<Configuration>; readonly at: number } | undefined;
  return async () => {
    if (known === undefined || clock.monotonic() - known.at > knownMs) {
      known = { configuration: discover(settings, fetch), at: clock.monotonic() };
    }
    const mine = known;
    try {
      return await mine.configuration;
    } catch (error) {
      // The next login asks again.
      if (known === mine) known = undefined;
      throw error;
    }
  };
}

async function discover(settings: OidcSettings, fetch: CustomFetch): Promise<Configuration> {
  const { issuer, clientId, clientSecret, algorithm } = settings;
  const client = await import('openid-client');
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  // Otherwise TLS alone would vouch for the ID token.
  const execute = [client.enableNonRepudiationChecks];
  if (issuer.startsWith('http://')) execute.push(client.allowInsecureRequests);
  return client.discovery(new URL(issuer), clientId, { id_token_signed_response_alg: algorithm }, authentication, {
    [client.customFetch]: fetch,
    execute,
    timeout: timeoutSeconds,
  });
}
