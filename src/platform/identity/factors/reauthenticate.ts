/** Proving again who one is, before a factor is changed: an unwatched screen must not be enough. */
import { KuraError } from '#kernel/errors';
import type { Authorized, Caller } from '#platform/access';
import { actorOfCaller, type WriteTransaction } from '#platform/unit-of-work';

import { findAccount } from '../accounts/account-store.ts';
import type { Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import { recordRefusal } from '../login/password-login.ts';
import { verifyPassword } from '../passwords/password-hash.ts';
import { codeProof } from './code-proof.ts';

export interface Reauthentication {
  readonly caller: Authorized<'account:factors'>;
  readonly origin: Origin;
  /** Needed of accounts that have one here. */
  readonly password: string | undefined;
  /** Undefined where only the password is asked for. */
  readonly code: string | undefined;
}

/** @throws KuraError conflict `identity.no-account` */
export async function ownAccount({ database }: Pick<IdentityDeps, 'database'>, caller: Caller): Promise<AccountRow> {
  const account = caller.account === undefined ? undefined : await findAccount(database, caller.id);
  if (account === undefined) throw new KuraError('conflict', 'identity.no-account');
  return account;
}

/**
 * Does `work` in the transaction that spends the proof. Failures count as failed logins.
 * @throws KuraError forbidden `identity.proof-wrong`, limit `identity.too-many-attempts`, conflict `identity.no-account`
 */
export async function reauthenticated<R>(
  deps: IdentityDeps,
  attempts: Attempts,
  { caller, origin, password, code }: Reauthentication,
  work: (tx: WriteTransaction, account: AccountRow) => Promise<R>,
): Promise<R> {
  const account = await ownAccount(deps, caller);
  const keys = { username: account.username, address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const knowsPassword = account.password_hash === null || (await verifyPassword(password ?? '', account.password_hash));
  const spend = code === undefined ? undefined : await codeProof(deps, account, code);
  const done =
    knowsPassword && charge.admitted
      ? await deps.unitOfWork.write(actorOfCaller(caller, origin.requestId), async (tx) => {
          if (spend !== undefined && (await spend(tx)) === undefined) return undefined;
          await attempts.forgive(tx, keys, charge);
          return { result: await work(tx, account) };
        })
      : undefined;
  if (done !== undefined) return done.result;
  await recordRefusal(deps, { account, reason: 'wrong-proof', charge, origin });
  throw new KuraError('forbidden', 'identity.proof-wrong');
}
