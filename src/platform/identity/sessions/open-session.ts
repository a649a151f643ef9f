/** The one place where sessions begin, whatever proved who it is. */
import { type Instant, instant } from '#kernel/brands';
import { DAY, HOUR } from '#kernel/units';
import type { AuditLevel, WriteTransaction } from '#platform/unit-of-work';

import { deleteLoginsBefore, insertLogin, updateAccount } from '../accounts/account-store.ts';
import type { Origin } from '../actors.ts';
import type { Risk } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow, SessionStage } from '../identity-tables.ts';
import { deviceOf, networkOf } from '../login/risk.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { newSecret, secretHash } from '../secret-hash.ts';
import { deleteExpiredSessions, deleteSession, insertSession } from './session-store.ts';

/** However busy: after so long everybody logs in again (P-033). */
const absoluteMs = 12 * HOUR;
const loginMemoryMs = 90 * DAY;
const criticalRisk = 90;

export interface NewSession {
  /** Undefined for the owner of the machine. */
  readonly account: AccountRow | undefined;
  readonly openedBy: string;
  readonly stage: SessionStage;
  readonly risk: Risk;
  readonly origin: Origin;
  /** The session secret the browser came with: it ends, so that nobody can have planted it. */
  readonly previous: string | undefined;
}

export interface OpenedSession {
  /** The cookie's value; stands nowhere else. */
  readonly secret: string;
  /** Public id. */
  readonly id: string;
  readonly stage: SessionStage;
  readonly openedBy: string;
}

/** Whether a session was opened with a password of ours, by itself or before a second factor. */
export function isByPassword(openedBy: string): boolean {
  return openedBy.split('+')[0] === 'password';
}

export const noRisk: Risk = { score: 0, reasons: [] };

export async function openSession(
  deps: Pick<IdentityDeps, 'clock' | 'random' | 'ids' | 'settings' | 'mail'>,
  tx: WriteTransaction,
  session: NewSession,
): Promise<OpenedSession> {
  const { account, stage, openedBy, risk, previous } = session;
  const { client } = session.origin;
  const now = deps.clock.now();
  const at = instant(new Date(now));
  const secret = newSecret(deps.random);
  const id = deps.ids.next();
  if (previous !== undefined) await deleteSession(tx, secretHash(previous));
  await deleteExpiredSessions(tx, at);
  await insertSession(tx, {
    id_hash: secretHash(secret),
    id,
    account_id: account?.id ?? null,
    stage,
    opened_by: openedBy,
    address: client?.address ?? null,
    user_agent: client?.userAgent?.slice(0, 300) ?? null,
    risk_score: risk.score,
    risk_reasons: JSON.stringify(risk.reasons),
    created_at: at,
    last_seen_at: at,
    expires_at: instant(new Date(now + absoluteMs)),
  });
  if (account !== undefined && stage === 'open') {
    await noteLogin(deps, tx, { account, origin: session.origin, at });
    if (isFromElsewhere(risk)) await tellAccount(deps, tx, account, { notice: 'login' });
  }
  await tx.audit({
    action: stage === 'open' ? 'session.open' : 'session.await-second-factor',
    category: 'authentication',
    level: levelOf(risk, deps.settings().riskThreshold),
    subject: { kind: 'session', id },
    result: 'done',
    after: { openedBy, risk: risk.score, ...(risk.reasons.length === 0 ? {} : { reasons: risk.reasons }) },
  });
  return { secret, id, stage, openedBy };
}

/** Of a login on a machine and from a network that are known nobody needs to hear. */
function isFromElsewhere({ reasons }: Risk): boolean {
  return reasons.some(({ reason }) => reason === 'new-device' || reason === 'new-network');
}

/** Critical entries of the audit log raise an alarm of their own (M-268). */
function levelOf({ score }: Risk, threshold: number): AuditLevel {
  if (score >= criticalRisk) return 'critical';
  return score >= threshold ? 'warning' : 'info';
}

interface NotedLogin {
  readonly account: AccountRow;
  readonly origin: Origin;
  readonly at: Instant;
}

/** Remembered when nothing is awaited any more: half a login makes no habit. */
async function noteLogin(
  { ids }: Pick<IdentityDeps, 'ids'>,
  tx: WriteTransaction,
  { account, origin: { client }, at }: NotedLogin,
): Promise<void> {
  await updateAccount(tx, account.id, { last_login_at: at });
  await deleteLoginsBefore(tx, instant(new Date(Date.parse(at) - loginMemoryMs)));
  await insertLogin(tx, {
    id: ids.next(),
    account_id: account.id,
    at,
    network: networkOf(client?.address),
    device: deviceOf(client?.userAgent),
  });
}
