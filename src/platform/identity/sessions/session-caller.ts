/** Who a session speaks for at this moment: role and account are looked up on each request (P-035). */
import { instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import { adminCaller, type Caller } from '#platform/access';
import type { Client } from '#platform/http';

import { accountCaller } from '../accounts/account-caller.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { SessionRow } from '../identity-tables.ts';
import { secretHash } from '../secret-hash.ts';
import { isByPassword } from './open-session.ts';
import { findSession, updateSession } from './session-store.ts';

interface ShownSession {
  readonly secret: string;
  readonly client: Client | undefined;
  /** Whether nobody did anything, so that the idle time goes on. */
  readonly passive: boolean;
}

/** @throws KuraError unauthenticated `identity.session-over`, `identity.second-factor-awaited`; forbidden as `accountCaller` */
export async function sessionCaller({ secret, client, passive }: ShownSession, deps: IdentityDeps): Promise<Caller> {
  const row = await liveSession(secret, deps);
  if (row === undefined) throw new KuraError('unauthenticated', 'identity.session-over');
  if (row.stage !== 'open') throw new KuraError('unauthenticated', 'identity.second-factor-awaited');
  const caller = await callerOf(row, client, deps);
  if (caller === undefined) throw new KuraError('unauthenticated', 'identity.session-over');
  if (!passive) await touch(row, deps);
  return { ...caller, sessionId: row.id };
}

/** The session behind a secret, at whichever stage; undefined when it is unknown or over. */
export async function liveSession(
  secret: string,
  { database, clock, settings }: Pick<IdentityDeps, 'database' | 'clock' | 'settings'>,
): Promise<SessionRow | undefined> {
  const row = await findSession(database, secretHash(secret));
  if (row === undefined) return undefined;
  const now = clock.now();
  const idleMs = settings().idleMinutes * MINUTE;
  const over = Date.parse(row.expires_at) <= now || Date.parse(row.last_seen_at) + idleMs <= now;
  return over ? undefined : row;
}

async function callerOf(row: SessionRow, client: Client | undefined, deps: IdentityDeps): Promise<Caller | undefined> {
  const shown = { address: client?.address, byPassword: isByPassword(row.opened_by) };
  if (row.account_id !== null) return accountCaller(deps, row.account_id, shown);
  return { ...adminCaller(), ...(client?.address === undefined ? {} : { from: client.address }) };
}

/** Once a minute is enough for idle limits of minutes, and spares a write per request. */
async function touch(row: SessionRow, { database, clock }: IdentityDeps): Promise<void> {
  const now = clock.now();
  if (now - Date.parse(row.last_seen_at) <= MINUTE) return;
  const seen = { last_seen_at: instant(new Date(now)) };
  await database.transaction((tx) => updateSession(tx, row.id_hash, seen), { durability: 'relaxed' });
}
