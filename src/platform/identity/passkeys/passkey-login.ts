/** Logging in with a passkey: having it and being verified by it are both factors at once. */
import type { VerifyAuthenticationResponseOpts } from '@simplewebauthn/server';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { findAccount } from '../accounts/account-store.ts';
import type { Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { Attempts } from '../login/attempts.ts';
import { finishLogin, type LoggedIn, recordRefusal, refusal } from '../login/password-login.ts';
import { newChallenge, spendsChallenge } from './challenges.ts';
import { type PasskeySite, passkeySite } from './passkey-site.ts';
import { findPasskey, notePasskeyUse } from './passkey-store.ts';
import type { PasskeyRow } from './passkey-tables.ts';

type AuthenticationResponse = VerifyAuthenticationResponseOpts['response'];

/** What the browser is to ask whichever passkey the person has. @throws KuraError conflict `identity.passkeys-off` */
export async function askForPasskey(deps: IdentityDeps, origin: Origin): Promise<{ readonly challenge: string }> {
  const { rpId } = passkeySite(deps, origin);
  const challenge = await newChallenge(deps, null);
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({ rpID: rpId, challenge, userVerification: 'required' });
}

export interface PasskeyLogin {
  /** What the browser answered. */
  readonly response: { readonly id: string };
  readonly origin: Origin;
  readonly previous: string | undefined;
}

/** @throws KuraError unauthenticated `identity.passkey-login-failed`, limit `identity.too-many-attempts` */
export async function logInByPasskey(deps: IdentityDeps, attempts: Attempts, login: PasskeyLogin): Promise<LoggedIn> {
  const { origin, response } = login;
  const site = passkeySite(deps, origin);
  const row = await findPasskey(deps.database, response.id);
  const account = row === undefined ? undefined : await findAccount(deps.database, row.account_id);
  const keys = { username: account?.username, address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const counter = row === undefined ? undefined : await provenCounter(deps, site, row, response);
  const reason = await refusal(deps, { account, isRight: counter !== undefined, charge, origin });
  if (row === undefined || account === undefined || counter === undefined || reason !== undefined) {
    await recordRefusal(deps, { account, reason: `passkey: ${reason ?? 'unknown'}`, charge, origin });
    throw failed();
  }
  return finishLogin(deps, {
    account,
    openedBy: 'passkey',
    login,
    failuresBefore: charge.failuresBefore,
    complete: true,
    async succeed(tx) {
      const current = await findAccount(tx, account.id);
      const used = await notePasskeyUse(tx, row, { counter, at: nowInstant(deps.clock) });
      if (current?.active !== 1 || !used) throw failed();
      await attempts.forgive(tx, keys, charge);
    },
  });
}

/** The authenticator's counter after this use; undefined when the answer is not in order. */
async function provenCounter(
  deps: IdentityDeps,
  site: PasskeySite,
  row: PasskeyRow,
  response: object,
): Promise<number | undefined> {
  const spend = spendsChallenge(deps, null);
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const answer = await verifyAuthenticationResponse({
      // The library reads it as what a stranger sent, and throws at whatever is not in order.
      response: response as AuthenticationResponse,
      expectedChallenge: spend,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: row.credential_id,
        publicKey: Uint8Array.from(Buffer.from(row.public_key, 'base64url')),
        counter: row.counter,
      },
      requireUserVerification: true,
    });
    return answer.verified ? answer.authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

function failed(): KuraError {
  return new KuraError('unauthenticated', 'identity.passkey-login-failed');
}
