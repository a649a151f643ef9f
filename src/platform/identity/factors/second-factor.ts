/** Setting up, renewing and taking off the second factor (P-032). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import { actorOfCaller, type WriteTransaction } from '#platform/unit-of-work';

import { refuseOwnAccount, resolveToChange } from '../accounts/account-rules.ts';
import { subjectOf } from '../accounts/change-account.ts';
import type { Origin } from '../actors.ts';
import type { FactorsView, TotpToConfirm } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import { type AccountNotice, tellAccount } from '../mails/tell-account.ts';
import { viewPasskey } from '../passkeys/own-passkeys.ts';
import { listPasskeys } from '../passkeys/passkey-store.ts';
import { deleteSessionsOf } from '../sessions/session-store.ts';
import { stepOf, totpContext } from './code-proof.ts';
import { hasSecondFactor, mustHaveSecondFactor } from './factor-policy.ts';
import {
  confirmTotp,
  countRecoveryCodes,
  deleteFactorsOf,
  deleteRecoveryCodes,
  deleteTotp,
  findTotp,
  putTotp,
  useTotpStep,
} from './factor-store.ts';
import { ownAccount, type Reauthentication, reauthenticated } from './reauthenticate.ts';
import { plainCode } from './recovery-code.ts';
import { renewCodes } from './renew-codes.ts';
import { newTotpSecret, totpUri } from './totp.ts';

export async function viewFactors(deps: IdentityDeps, account: AccountRow): Promise<FactorsView> {
  const totp = await findTotp(deps.database, account.id);
  return {
    totpSince: totp?.confirmed_at ?? null,
    passkeys: (await listPasskeys(deps.database, account.id)).map(viewPasskey),
    recoveryCodesLeft: await countRecoveryCodes(deps.database, account.id),
    required: mustHaveSecondFactor(deps, account),
    needsPassword: account.password_hash !== null,
  };
}

/** A new secret, which asks for nothing until a code proved that the app has it. @throws KuraError conflict `identity.totp-there` */
export async function beginTotp(
  deps: IdentityDeps,
  attempts: Attempts,
  proof: Omit<Reauthentication, 'code'>,
): Promise<TotpToConfirm> {
  return reauthenticated(deps, attempts, { ...proof, code: undefined }, async (tx, account) => {
    const there = await findTotp(tx, account.id);
    if (there !== undefined && there.confirmed_at !== null) throw new KuraError('conflict', 'identity.totp-there');
    const secret = newTotpSecret(deps.random);
    await putTotp(tx, {
      account_id: account.id,
      secret: deps.sealer.seal(totpContext(account.id), secret),
      created_at: nowInstant(deps.clock),
      confirmed_at: null,
      last_step: 0,
    });
    return { secret, uri: totpUri(secret, account.username) };
  });
}

export interface Confirmation {
  readonly caller: Authorized<'account:factors'>;
  readonly origin: Origin;
  readonly code: string;
}

/** From now on the code is asked for. Recovery codes come with it. @throws KuraError conflict `identity.totp-not-begun`, invalid `identity.code-wrong` */
export async function finishTotp(
  deps: IdentityDeps,
  { caller, origin, code }: Confirmation,
): Promise<readonly string[]> {
  const account = await ownAccount(deps, caller);
  const row = await findTotp(deps.database, account.id);
  if (row === undefined || row.confirmed_at !== null) throw new KuraError('conflict', 'identity.totp-not-begun');
  const step = await stepOf(deps, row, plainCode(code));
  return deps.unitOfWork.write(actorOfCaller(caller, origin.requestId), async (tx) => {
    if (step === undefined || !(await useTotpStep(tx, row, step)))
      throw new KuraError('invalid', 'identity.code-wrong');
    await confirmTotp(tx, account.id, nowInstant(deps.clock));
    await noteFactor(deps, tx, 'second-factor.enable', account);
    return renewCodes(deps, tx, account);
  });
}

/** The earlier ones stop working. */
export async function renewRecoveryCodes(
  deps: IdentityDeps,
  attempts: Attempts,
  proof: Reauthentication & { readonly code: string },
): Promise<readonly string[]> {
  return reauthenticated(deps, attempts, proof, async (tx, account) => {
    await noteFactor(deps, tx, 'second-factor.renew-recovery-codes', account);
    return renewCodes(deps, tx, account);
  });
}

/** With password and factor: whoever took over a session cannot take the factor off. */
export async function disableTotp(
  deps: IdentityDeps,
  attempts: Attempts,
  proof: Reauthentication & { readonly code: string },
): Promise<void> {
  await reauthenticated(deps, attempts, proof, async (tx, account) => {
    await deleteTotp(tx, account.id);
    if (!(await hasSecondFactor(tx, account.id))) await deleteRecoveryCodes(tx, account.id);
    await noteFactor(deps, tx, 'second-factor.disable', account);
  });
}

/** For somebody who lost everything. Ends all sessions. @throws KuraError conflict `identity.own-account`, and as `resolveToChange` */
export async function resetFactors(
  deps: FactorDeps,
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  user: string,
): Promise<void> {
  const account = await resolveToChange(tx, caller, user);
  refuseOwnAccount(caller, account);
  await deleteFactorsOf(tx, account.id);
  await deleteSessionsOf(tx, account.id);
  await noteFactor(deps, tx, 'second-factor.reset', account);
}

type FactorDeps = Pick<IdentityDeps, 'clock' | 'mail' | 'settings'>;
type FactorAction = Extract<AccountNotice['notice'], `second-factor.${string}`>;

async function noteFactor(
  deps: FactorDeps,
  tx: WriteTransaction,
  action: FactorAction,
  account: AccountRow,
): Promise<void> {
  await tx.audit({ action, category: 'authentication', level: 'warning', subject: subjectOf(account), result: 'done' });
  await tellAccount(deps, tx, account, { notice: action });
}
