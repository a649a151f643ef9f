/** Making a passkey known (WebAuthn level 3): the authenticator must have verified the person. */
import type { VerifyRegistrationResponseOpts } from '@simplewebauthn/server';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import { actorOfCaller } from '#platform/unit-of-work';

import { subjectOf } from '../accounts/change-account.ts';
import type { Origin } from '../actors.ts';
import { hasSecondFactor } from '../factors/factor-policy.ts';
import { ownAccount, type Reauthentication, reauthenticated } from '../factors/reauthenticate.ts';
import { renewCodes } from '../factors/renew-codes.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { newChallenge, spendsChallenge } from './challenges.ts';
import { passkeySite } from './passkey-site.ts';
import { findPasskey, insertPasskey, listPasskeys } from './passkey-store.ts';
import type { PasskeyRow } from './passkey-tables.ts';

const mostPasskeys = 20;

type RegistrationResponse = VerifyRegistrationResponseOpts['response'];

/** What the browser is to ask the authenticator. @throws KuraError conflict `identity.passkeys-off`, `identity.too-many-passkeys` */
export async function beginPasskey(
  deps: IdentityDeps,
  attempts: Attempts,
  proof: Omit<Reauthentication, 'code'>,
): Promise<{ readonly challenge: string }> {
  const site = passkeySite(deps, proof.origin);
  const account = await reauthenticated(deps, attempts, { ...proof, code: undefined }, async (_tx, own) => own);
  const there = await listPasskeys(deps.database, account.id);
  if (there.length >= mostPasskeys) {
    throw new KuraError('conflict', 'identity.too-many-passkeys', { params: { limit: mostPasskeys } });
  }
  // Two hundred and fifty modules that hardly any start of Kura needs.
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  return generateRegistrationOptions({
    rpName: 'Kura',
    rpID: site.rpId,
    userName: account.username,
    userDisplayName: account.full_name ?? account.username,
    userID: Uint8Array.from(Buffer.from(account.id)),
    challenge: await newChallenge(deps, account.id),
    attestationType: 'none',
    excludeCredentials: there.map((one) => ({ id: one.credential_id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

export interface NewPasskey {
  readonly caller: Authorized<'account:factors'>;
  readonly origin: Origin;
  readonly name: string;
  /** What the browser answered. */
  readonly response: object;
}

export interface MadePasskey {
  readonly row: PasskeyRow;
  /** Made with the first factor of an account; empty when it has some. */
  readonly recoveryCodes: readonly string[];
}

/** @throws KuraError invalid `identity.passkey-refused`, conflict `identity.passkeys-off` */
export async function finishPasskey(
  deps: IdentityDeps,
  { caller, origin, name, response }: NewPasskey,
): Promise<MadePasskey> {
  const account = await ownAccount(deps, caller);
  const facts = await verified(deps, account, origin, response);
  const row: PasskeyRow = {
    id: deps.ids.next(),
    account_id: account.id,
    name,
    credential_id: facts.credential.id,
    public_key: Buffer.from(facts.credential.publicKey).toString('base64url'),
    counter: facts.credential.counter,
    backed_up: facts.credentialBackedUp ? 1 : 0,
    created_at: nowInstant(deps.clock),
    last_used_at: null,
  };
  return deps.unitOfWork.write(actorOfCaller(caller, origin.requestId), async (tx) => {
    if ((await findPasskey(tx, row.credential_id)) !== undefined)
      throw new KuraError('invalid', 'identity.passkey-refused');
    const isFirst = !(await hasSecondFactor(tx, account.id));
    await insertPasskey(tx, row);
    await tx.audit({
      action: 'passkey.add',
      category: 'authentication',
      level: 'warning',
      subject: subjectOf(account),
      result: 'done',
      after: { passkey: row.id },
    });
    await tellAccount(deps, tx, account, { notice: 'passkey.add', params: { name } });
    return { row, recoveryCodes: isFirst ? await renewCodes(deps, tx, account) : [] };
  });
}

async function verified(deps: IdentityDeps, account: AccountRow, origin: Origin, response: object) {
  const site = passkeySite(deps, origin);
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const answer = await verifyRegistrationResponse({
    // The library reads it as what a stranger sent, and throws at whatever is not in order.
    response: response as RegistrationResponse,
    expectedChallenge: spendsChallenge(deps, account.id),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new KuraError('invalid', 'identity.passkey-refused', { cause });
  });
  if (!answer.verified) throw new KuraError('invalid', 'identity.passkey-refused');
  return answer.registrationInfo;
}
