/**
 * OpenID Connect over openid-client: discovery, authorisation code with PKCE, and an ID token whose signature, issuer,
 * audience, nonce, algorithm and times are checked. All requests leave through the one way out.
 */
import type { Configuration } from 'openid-client';

import type { NetworkOptions } from '#engines/transfer';
import type { Clock } from '#kernel/clock';
import type { LoginProvider } from '#platform/identity';

import { createKnownProvider } from './known-provider.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { refused, translated } from './provider-faults.ts';
import { createProviderFetch } from './provider-fetch.ts';
import { readPerson } from './read-person.ts';

export interface OidcProviderOptions {
  readonly settings: OidcSettings;
  readonly network: NetworkOptions;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export function createOidcProvider({ settings, network, clock }: OidcProviderOptions): LoginProvider {
  const configured = createKnownProvider(settings, createProviderFetch(settings.issuer, network), clock);

  async function asking<R>(signal: AbortSignal, work: (configuration: Configuration) => Promise<R>): Promise<R> {
    try {
      return await work(await configured());
    } catch (error) {
      signal.throwIfAborted();
      throw translated(settings, error);
    }
  }

  return {
    provider: settings.issuer,
    address: (secrets, signal) =>
      asking(signal, async (configuration) => {
        const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client');
        const url = buildAuthorizationUrl(configuration, {
          redirect_uri: settings.redirectUri,
          scope: settings.scopes,
          state: secrets.state,
          nonce: secrets.nonce,
          code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
          code_challenge_method: 'S256',
        });
        return url.href;
      }),
    redeem: (query, secrets, signal) =>
      asking(signal, async (configuration) => {
        const { authorizationCodeGrant, fetchUserInfo } = await import('openid-client');
        const returned = new URL(settings.redirectUri);
        returned.search = query;
        const tokens = await authorizationCodeGrant(configuration, returned, {
          pkceCodeVerifier: secrets.verifier,
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (idToken === undefined) throw refused('no ID token');
        const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
        const userInfo = hasUserInfo ? await fetchUserInfo(configuration, tokens.access_token, idToken.sub) : {};
        return readPerson(idToken.sub, { idToken, userInfo }, settings);
      }),
    logoutAddress: (signal) =>
      asking(signal, async (configuration) => {
        const { buildEndSessionUrl } = await import('openid-client');
        if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
        return buildEndSessionUrl(configuration, { post_logout_redirect_uri: settings.afterLogout }).href;
      }).catch(() => undefined),
  };
}
