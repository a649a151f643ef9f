/** Logging in by user name and password: one answer for every way of being wrong, and the same work for each. */
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';
import { isAllowedFrom } from '../accounts/account-caller.ts';
import { findAccount, findAccountByName, recentLogins, updateAccount } from '../accounts/account-store.ts';
import { accountActor, nobody, type Origin } from '../actors.ts';
import type { Risk } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { hashPassword, isOutdated, verifyPassword } from '../passwords/password-hash.ts';
import { findRole } from '../roles/role-store.ts';
import { type OpenedSession, openSession } from '../sessions/open-session.ts';
import type { Attempts, Charge } from './attempts.ts';
import { assessRisk, deviceOf, networkOf } from './risk.ts';

export interface PasswordLogin {
  readonly username: string;
  readonly password: string;
  readonly origin: Origin;
  /** The session secret the browser came with. */
  readonly previous: string | undefined;
}

export interface LoggedIn extends OpenedSession {
  readonly account: AccountRow;
}

const historyLength = 100;

/** @throws KuraError unauthenticated `identity.login-failed`, limit `identity.too-many-attempts` */
export async function logInByPassword(deps: IdentityDeps, attempts: Attempts, login: PasswordLogin): Promise<LoggedIn> {
  const { username, password, origin } = login;
  const keys = { username, address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const account = await findAccountByName(deps.database, username);
  const isRight = await verifyPassword(password, account?.password_hash);
  const reason = await refusal(deps, { account, isRight, charge, origin });
  if (account === undefined || reason !== undefined) {
    await recordRefusal(deps, { account, reason: reason ?? 'unknown-name', charge, origin });
    throw new KuraError('unauthenticated', 'identity.login-failed');
  }
  const renewed = isOutdated(account.password_hash ?? '') ? await hashPassword(password, deps.random) : undefined;
  return finishLogin(deps, {
    account,
    openedBy: 'password',
    login,
    failuresBefore: charge.failuresBefore,
    async succeed(tx, awaits) {
      // Looked at again inside the transaction: meanwhile somebody may have disabled it or reset the password.
      const current = await findAccount(tx, account.id);
      if (current?.active !== 1 || current.password_hash !== account.password_hash) {
        throw new KuraError('unauthenticated', 'identity.login-failed');
      }
      // Half a login forgives the account nothing: a known password must not buy ever new tries at the second factor.
      await (awaits ? attempts.giveBack(tx, keys, charge) : attempts.forgive(tx, keys, charge));
      if (renewed !== undefined) await updateAccount(tx, account.id, { password_hash: renewed });
    },
  });
}

export interface ProvenLogin {
  readonly account: AccountRow;
  readonly openedBy: string;
  readonly login: Pick<PasswordLogin, 'origin' | 'previous'>;
  readonly failuresBefore: number;
  /** Whether it proved both factors at once, so that none is awaited. */
  readonly complete?: boolean;
  /** What has to happen in the transaction that opens the session; `awaits`: a second factor is still to come. */
  readonly succeed: (tx: WriteTransaction, awaits: boolean) => Promise<void>;
}

/** It is who they say: judges the risk and opens the session, or half of it. */
export async function finishLogin(deps: IdentityDeps, proven: ProvenLogin): Promise<LoggedIn> {
  const { account, openedBy, failuresBefore } = proven;
  const { origin, previous } = proven.login;
  const risk = await riskOf(deps, account, origin, failuresBefore);
  const risky = risk.score >= deps.settings().riskThreshold;
  const complete = proven.complete ?? false;
  const awaits = !complete && ((await deps.awaitsSecondFactor?.({ account, risk, risky })) ?? false);
  return deps.unitOfWork.write(accountActor(account, origin), async (tx) => {
    await proven.succeed(tx, awaits);
    const stage = awaits ? 'pending-second-factor' : 'open';
    return { ...(await openSession(deps, tx, { account, openedBy, stage, risk, origin, previous })), account };
  });
}

interface Judged {
  readonly account: AccountRow | undefined;
  readonly isRight: boolean;
  readonly charge: Charge;
  readonly origin: Origin;
}

/** Why the login is refused; for the audit log only, never for the person. */
export async function refusal(
  { database }: Pick<IdentityDeps, 'database'>,
  { account, isRight, charge, origin }: Judged,
): Promise<string | undefined> {
  if (account === undefined) return 'unknown-name';
  if (!charge.admitted) return 'locked';
  if (!isRight) return 'wrong-password';
  if (account.active !== 1) return 'disabled';
  const role = await findRole(database, account.role);
  return role !== undefined && isAllowedFrom(role.networks, origin.client?.address) ? undefined : 'address-not-allowed';
}

interface Refused {
  readonly account: AccountRow | undefined;
  readonly reason: string;
  readonly charge: Charge;
  readonly origin: Origin;
}

export async function recordRefusal(
  { unitOfWork }: Pick<IdentityDeps, 'unitOfWork'>,
  { account, reason, charge, origin }: Refused,
): Promise<void> {
  const accountId = account?.id ?? null;
  await unitOfWork.write(nobody(origin), async (tx) => {
    await tx.audit({
      action: charge.locksAccount ? 'account.lock' : 'session.refuse',
      category: 'authentication',
      level: 'warning',
      // What was typed as a name may have been a password; of strangers nothing is kept.
      subject: { kind: 'account', id: accountId ?? 'unknown', ...(account && { name: account.username }) },
      result: 'refused',
      after: { reason, ...(charge.locksAddress ? { addressBlocked: true } : {}) },
    });
  });
}

async function riskOf(deps: IdentityDeps, account: AccountRow, origin: Origin, failures: number): Promise<Risk> {
  const history = await recentLogins(deps.database, account.id, historyLength);
  const { client } = origin;
  const [network, device] = [networkOf(client?.address), deviceOf(client?.userAgent)];
  return assessRisk(history, { at: deps.clock.now(), network, device, failures });
}
