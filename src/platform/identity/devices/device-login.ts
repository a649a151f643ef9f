/**
 * Logging a command line in (RFC 8628, P-034): it shows a code, somebody who is logged in approves it in a browser, and
 * the command line, which asks now and then, is given an API key, once.
 */
import { z } from 'zod';

import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';
import type { Authorized } from '#platform/access';
import { type KeyScope, keyScopes } from '#platform/contract';
import { actorOfCaller, type WriteTransaction } from '#platform/unit-of-work';

import { findAccount } from '../accounts/account-store.ts';
import { accountActor, nobody, type Origin } from '../actors.ts';
import type { BegunDeviceLogin, DeviceAnswer, DeviceDecision, DeviceLoginView } from '../contract/index.ts';
import { ownAccount } from '../factors/reauthenticate.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { type MadeKey, makeKey } from '../keys/keys.ts';
import type { Attempts } from '../login/attempts.ts';
import { recordRefusal } from '../login/password-login.ts';
import { newSecret, secretHash } from '../secret-hash.ts';
import {
  deleteDeviceLogin,
  deleteDeviceLoginsBefore,
  findByDeviceHash,
  findUndecided,
  insertDeviceLogin,
  updateDeviceLogin,
} from './device-store.ts';
import type { DeviceLoginRow } from './device-tables.ts';
import { newUserCode, plainUserCode } from './user-code.ts';

const lifeMs = 10 * MINUTE;
const firstInterval = 5;
/** What RFC 8628 adds for whoever asks too often. */
const intervalStep = 5;
const keyDays = 90;
const storedScopes = z.array(z.enum(keyScopes));

export interface DeviceRequest {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly origin: Origin;
}

export async function beginDeviceLogin(
  deps: IdentityDeps,
  { name, scopes, origin }: DeviceRequest,
): Promise<BegunDeviceLogin> {
  const { clock, random, ids, database } = deps;
  const deviceCode = newSecret(random);
  const userCode = newUserCode(random);
  const now = clock.now();
  await database.transaction(async (tx) => {
    await deleteDeviceLoginsBefore(tx, instant(new Date(now)));
    await insertDeviceLogin(tx, {
      id: ids.next(),
      device_hash: secretHash(deviceCode),
      user_code_hash: secretHash(plainUserCode(userCode)),
      name,
      address: origin.client?.address ?? null,
      scopes: JSON.stringify(scopes),
      interval_seconds: firstInterval,
      created_at: instant(new Date(now)),
      expires_at: instant(new Date(now + lifeMs)),
      last_asked_at: null,
      decision: null,
      account_id: null,
    });
  });
  return { deviceCode, userCode, expiresInSeconds: lifeMs / SECOND, intervalSeconds: firstInterval };
}

/** @throws KuraError unauthenticated `identity.device-unknown`, limit `identity.too-many-attempts` */
export async function askDeviceLogin(
  deps: IdentityDeps,
  attempts: Attempts,
  { deviceCode, origin }: { readonly deviceCode: string; readonly origin: Origin },
): Promise<DeviceAnswer> {
  const keys = { address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const hash = secretHash(deviceCode);
  const seen = await findByDeviceHash(deps.database, hash);
  const owner = await findAccount(deps.database, seen?.account_id ?? '');
  const actor = owner === undefined ? nobody(origin) : accountActor(owner, origin);
  const answer = await deps.unitOfWork.write(actor, async (tx) => {
    const row = await findByDeviceHash(tx, hash);
    if (row === undefined) return undefined;
    await attempts.forgive(tx, keys, charge);
    return answerOf(deps, tx, row);
  });
  if (answer !== undefined) return answer;
  await recordRefusal(deps, { account: undefined, reason: 'bad-device-code', charge, origin });
  throw new KuraError('unauthenticated', 'identity.device-unknown');
}

async function answerOf(deps: IdentityDeps, tx: WriteTransaction, row: DeviceLoginRow): Promise<DeviceAnswer> {
  const now = deps.clock.now();
  if (Date.parse(row.expires_at) <= now) return { state: 'expired' };
  const asked = { last_asked_at: instant(new Date(now)) };
  const since = row.last_asked_at === null ? undefined : now - Date.parse(row.last_asked_at);
  if (since !== undefined && since < row.interval_seconds * SECOND) {
    const slower = row.interval_seconds + intervalStep;
    await updateDeviceLogin(tx, row.id, { ...asked, interval_seconds: slower });
    return { state: 'slow-down', intervalSeconds: slower };
  }
  await updateDeviceLogin(tx, row.id, asked);
  // Approved while this was being asked: the next question gets the key, in the name of who approved.
  const isSettled = row.decision === 'denied' || (row.decision === 'approved' && tx.actor.id === row.account_id);
  if (!isSettled) return { state: 'pending', intervalSeconds: row.interval_seconds };
  // Decided: the code has done what it was for, whatever comes of it.
  await deleteDeviceLogin(tx, row.id);
  const account = await findAccount(tx, row.account_id ?? '');
  if (row.decision === 'denied' || account?.active !== 1) return { state: 'denied' };
  return { state: 'approved', user: account.username, ...(await keyFor(deps, tx, account, row)) };
}

async function keyFor(
  deps: IdentityDeps,
  tx: WriteTransaction,
  account: AccountRow,
  { name, scopes }: DeviceLoginRow,
): Promise<MadeKey> {
  const wanted = { name, scopes: storedScopes.parse(JSON.parse(scopes)), networks: [], days: keyDays };
  return makeKey(deps, tx, account, wanted);
}

export interface OwnDecision {
  readonly caller: Authorized<'account:self'>;
  readonly userCode: string;
  readonly origin: Origin;
}

/** @throws KuraError not-found `identity.device-not-found`, conflict `identity.no-account`, limit `identity.too-many-attempts` */
export async function lookUpDeviceLogin(
  deps: IdentityDeps,
  attempts: Attempts,
  asked: OwnDecision,
): Promise<DeviceLoginView> {
  const { row } = await undecided(deps, attempts, asked);
  return {
    name: row.name,
    address: row.address,
    scopes: storedScopes.parse(JSON.parse(row.scopes)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

/** @throws as `lookUpDeviceLogin` */
export async function decideDeviceLogin(
  deps: IdentityDeps,
  attempts: Attempts,
  asked: OwnDecision,
  decision: DeviceDecision,
): Promise<void> {
  const { row, account } = await undecided(deps, attempts, asked);
  await deps.unitOfWork.write(actorOfCaller(asked.caller, asked.origin.requestId), async (tx) => {
    const now = nowInstant(deps.clock);
    // Looked at again: of two decisions at the same moment the first counts.
    if ((await findUndecided(tx, row.user_code_hash, now)) === undefined) throw unknownCode();
    await updateDeviceLogin(tx, row.id, { decision, account_id: account.id });
    await tx.audit({
      action: decision === 'approved' ? 'device.approve' : 'device.deny',
      category: 'authentication',
      level: 'warning',
      subject: { kind: 'device', id: row.id, name: row.name },
      result: 'done',
      after: { from: row.address },
    });
  });
}

/** A code nobody waits with counts against the address: codes are short. */
async function undecided(deps: IdentityDeps, attempts: Attempts, { caller, userCode, origin }: OwnDecision) {
  const account = await ownAccount(deps, caller);
  const keys = { address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const hash = secretHash(plainUserCode(userCode));
  const row = await findUndecided(deps.database, hash, nowInstant(deps.clock));
  if (row === undefined) {
    await recordRefusal(deps, { account, reason: 'bad-user-code', charge, origin });
    throw unknownCode();
  }
  await deps.database.transaction((tx) => attempts.forgive(tx, keys, charge));
  return { row, account };
}

function unknownCode(): KuraError {
  return new KuraError('not-found', 'identity.device-not-found');
}
