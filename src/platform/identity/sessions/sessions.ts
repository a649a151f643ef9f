/** Sessions people see of themselves or of others, ending them, and the second half of a login. */

import { z } from 'zod';
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import type { WriteTransaction } from '#platform/unit-of-work';

import { findAccount } from '../accounts/account-store.ts';
import { accountActor, type Origin, ownerActor } from '../actors.ts';
import { type Risk, riskReasons, type SessionView } from '../contract/index.ts';
import type { SpendProof } from '../factors/code-proof.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow, SessionRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import { type LoggedIn, recordRefusal } from '../login/password-login.ts';
import { secretHash } from '../secret-hash.ts';
import { openSession } from './open-session.ts';
import { liveSession } from './session-caller.ts';
import { deleteSession, deleteSessionOf, deleteSessionsOf, findSession } from './session-store.ts';
import { resolveSessionsToEnd } from './whose-sessions.ts';

const storedReasons = z.array(z.object({ reason: z.enum(riskReasons), points: z.number().int() }));

/** @throws KuraError not-found `identity.session-not-found` */
export async function revokeSession(
  tx: WriteTransaction,
  caller: Authorized<'account:self'>,
  { user, id }: { readonly user: string; readonly id: string },
): Promise<void> {
  const whose = await resolveSessionsToEnd(tx, caller, user);
  if (!(await deleteSessionOf(tx, whose.accountId, id))) {
    throw new KuraError('not-found', 'identity.session-not-found', { params: { id } });
  }
  const subject = { kind: 'session', id };
  const after = { account: whose.name };
  await tx.audit({ action: 'session.revoke', category: 'authentication', subject, result: 'done', after });
}

/** Everywhere; says how many there were. */
export async function revokeAllSessions(
  tx: WriteTransaction,
  caller: Authorized<'account:self'>,
  user: string,
): Promise<number> {
  const { accountId, name } = await resolveSessionsToEnd(tx, caller, user);
  const ended = await deleteSessionsOf(tx, accountId);
  await tx.audit({
    action: 'session.revoke-all',
    category: 'authentication',
    subject: { kind: 'account', id: accountId ?? name, name },
    result: 'done',
    after: { ended },
  });
  return ended;
}

export interface AwaitingLogin {
  readonly account: AccountRow;
  readonly risk: Risk;
  readonly openedBy: string;
}

export async function awaitingLogin(deps: IdentityDeps, secret: string): Promise<AwaitingLogin | undefined> {
  const row = await liveSession(secret, deps);
  if (row?.stage !== 'pending-second-factor' || row.account_id === null) return undefined;
  const account = await findAccount(deps.database, row.account_id);
  if (account?.active !== 1) return undefined;
  return { account, risk: riskOf(row), openedBy: row.opened_by };
}

export interface SecondStep {
  /** Of the awaiting session. */
  readonly secret: string;
  readonly origin: Origin;
  readonly spend: SpendProof;
}

/**
 * When the second factor is right, a new session takes the place of the awaiting one. Counts like every other login.
 * @throws KuraError unauthenticated `identity.session-over`, `identity.second-factor-wrong`; limit `identity.too-many-attempts`
 */
export async function completeSecondFactor(
  deps: IdentityDeps,
  attempts: Attempts,
  { secret, origin, spend }: SecondStep,
): Promise<LoggedIn> {
  const awaiting = await awaitingLogin(deps, secret);
  if (awaiting === undefined) throw new KuraError('unauthenticated', 'identity.session-over');
  const { account, risk, openedBy } = awaiting;
  const keys = { username: account.username, address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const opened = charge.admitted ? await deps.unitOfWork.write(accountActor(account, origin), open) : undefined;
  if (opened !== undefined) return opened;
  await recordRefusal(deps, { account, reason: 'wrong-second-factor', charge, origin });
  throw new KuraError('unauthenticated', 'identity.second-factor-wrong');

  async function open(tx: WriteTransaction): Promise<LoggedIn | undefined> {
    // Looked at again: meanwhile somebody may have ended it.
    if ((await findSession(tx, secretHash(secret))) === undefined) {
      throw new KuraError('unauthenticated', 'identity.session-over');
    }
    const factor = await spend(tx);
    if (factor === undefined) return undefined;
    await attempts.forgive(tx, keys, charge);
    const openedWith = `${openedBy}+${factor}`;
    const session = { account, openedBy: openedWith, stage: 'open', risk, origin, previous: secret } as const;
    return { ...(await openSession(deps, tx, session)), account };
  }
}

/** Logs out, and says how the session was opened. Unknown and finished sessions end silently. */
export async function closeSession(
  deps: IdentityDeps,
  secret: string,
  hash: string,
  origin: Origin,
): Promise<string | undefined> {
  const row = await liveSession(secret, deps);
  if (row === undefined) return undefined;
  const account = row.account_id === null ? undefined : await findAccount(deps.database, row.account_id);
  const actor = account === undefined ? ownerActor(origin) : accountActor(account, origin);
  await deps.unitOfWork.write(actor, async (tx) => {
    await deleteSession(tx, hash);
    const subject = { kind: 'session', id: row.id };
    await tx.audit({ action: 'session.close', category: 'authentication', subject, result: 'done' });
  });
  return row.opened_by;
}

export function viewSession(row: SessionRow, currentId: string | undefined): SessionView {
  return {
    id: row.id,
    current: row.id === currentId,
    stage: row.stage,
    openedBy: row.opened_by,
    address: row.address,
    userAgent: row.user_agent,
    risk: riskOf(row),
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}

function riskOf(row: SessionRow): Risk {
  return { score: row.risk_score, reasons: storedReasons.parse(JSON.parse(row.risk_reasons)) };
}
