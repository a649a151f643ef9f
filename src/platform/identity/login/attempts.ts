/** Counters of failed logins, per account name and per address, in the database so that all nodes count together. */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, MINUTE } from '#kernel/units';
import { addressBlock } from '#platform/access';
import type { Database, Transaction } from '#platform/db';

import { nameKey } from '../accounts/account-store.ts';
import type { AttemptRow, IdentityTables } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { secretHash } from '../secret-hash.ts';
import { type AttemptLimits, type ChargedAttempt, chargeAttempt } from './lockout.ts';

/** 5 failures lock for 15 minutes, then 30, … a day at most. */
export const accountLimits: AttemptLimits = {
  allowed: 5,
  lockMs: 15 * MINUTE,
  longestLockMs: DAY,
  quietMs: DAY,
};
/** Many people share an address, so it takes more, and the lock does not grow. */
const addressLimits: AttemptLimits = {
  allowed: 30,
  lockMs: 15 * MINUTE,
  longestLockMs: 15 * MINUTE,
  quietMs: 15 * MINUTE,
};

export interface Charge {
  /** False while the account is locked. */
  readonly admitted: boolean;
  /** Whether this attempt locks the account unless it succeeds. */
  readonly locksAccount: boolean;
  /** Whether this attempt blocks the address unless it succeeds. */
  readonly locksAddress: boolean;
  readonly failuresBefore: number;
}

export interface AttemptKeys {
  /** As typed; names nobody has are counted like others, and only their hash is kept. */
  readonly username?: string | undefined;
  readonly address?: string | undefined;
}

export interface Attempts {
  /**
   * Counts an attempt as failed until `forgive` says otherwise.
   * @throws KuraError limit `identity.too-many-attempts` for an address that failed too often
   */
  charge(keys: AttemptKeys): Promise<Charge>;
  /** The attempt succeeded: the account's failures are forgotten, the address gets this one back. */
  forgive(tx: Transaction, keys: AttemptKeys, charge: Charge): Promise<void>;
  /** The attempt was half a success: this one does not count, those before it still do. */
  giveBack(tx: Transaction, keys: AttemptKeys, charge: Charge): Promise<void>;
  /** Ends a lock and forgets the failures. */
  unlock(tx: Transaction, username: string): Promise<void>;
  lockedUntil(reader: Reader, usernames: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export function createAttempts({ database, clock }: { readonly database: Database; readonly clock: Clock }): Attempts {
  return {
    async charge({ username, address }) {
      const now = clock.now();
      const charged = await database.transaction(async (tx) => {
        const forAddress =
          address === undefined ? undefined : await chargeKey(tx, addressKey(address), now, addressLimits);
        if (forAddress?.admitted === false) return { forAddress, forAccount: undefined };
        const forAccount =
          username === undefined ? undefined : await chargeKey(tx, accountKey(username), now, accountLimits);
        return { forAddress, forAccount };
      });
      const { forAddress, forAccount } = charged;
      if (forAddress?.admitted === false) throw tooMany(forAddress.state.lockedUntil - now);
      return {
        admitted: forAccount?.admitted ?? true,
        locksAccount: forAccount?.locks ?? false,
        locksAddress: forAddress?.locks ?? false,
        failuresBefore: forAccount?.failuresBefore ?? 0,
      };
    },
    async forgive(tx, { username, address }, charge) {
      if (username !== undefined) await deleteKey(tx, accountKey(username));
      if (address !== undefined) await takeBack(tx, addressKey(address), charge.locksAddress, addressLimits);
    },
    async giveBack(tx, { username, address }, charge) {
      if (username !== undefined) await takeBack(tx, accountKey(username), charge.locksAccount, accountLimits);
      if (address !== undefined) await takeBack(tx, addressKey(address), charge.locksAddress, addressLimits);
    },
    unlock: (tx, username) => deleteKey(tx, accountKey(username)),
    async lockedUntil(reader, usernames) {
      if (usernames.length === 0) return new Map();
      const byKey = new Map(usernames.map((name) => [accountKey(name), name]));
      const rows = await reader
        .tables<IdentityTables>()
        .selectFrom('login_attempts')
        .select(['key', 'locked_until'])
        .where('key', 'in', [...byKey.keys()])
        .where('locked_until', '>', clock.now())
        .execute();
      return new Map(rows.map((row) => [byKey.get(row.key) ?? '', row.locked_until]));
    },
  };
}

function tooMany(retryAfterMs: number): KuraError {
  const minutes = Math.ceil(retryAfterMs / MINUTE);
  return new KuraError('limit', 'identity.too-many-attempts', { params: { minutes }, retryAfterMs });
}

async function chargeKey(
  tx: Transaction,
  key: string,
  now: number,
  limits: AttemptLimits,
): Promise<ChargedAttempt & { readonly failuresBefore: number }> {
  const row = await findKey(tx, key);
  const before = row === undefined ? undefined : { ...row, lastAt: row.last_at, lockedUntil: row.locked_until };
  const charged = chargeAttempt(before, now, limits);
  if (charged.admitted) {
    const { failures, level, lastAt, lockedUntil } = charged.state;
    await putKey(tx, { key, failures, level, last_at: lastAt, locked_until: lockedUntil });
    if (charged.locks) await forgetOld(tx, now);
  }
  // Each lock stands for as many failures as it took.
  return { ...charged, failuresBefore: row === undefined ? 0 : row.failures + row.level * limits.allowed };
}

/** The state before one charge, the lock it set included. */
async function takeBack(tx: Transaction, key: string, locked: boolean, { allowed }: AttemptLimits): Promise<void> {
  const row = await findKey(tx, key);
  if (row === undefined) return;
  const before = locked
    ? { failures: allowed - 1, level: Math.max(0, row.level - 1), locked_until: 0 }
    : { failures: Math.max(0, row.failures - 1) };
  await putKey(tx, { ...row, ...before });
}

/** What was typed as a name may have been a password: only its hash is kept. */
function accountKey(username: string): string {
  return `account:${secretHash(nameKey(username))}`;
}

function addressKey(address: string): string {
  return `address:${addressBlock(address)}`;
}

async function findKey(reader: Reader, key: string): Promise<AttemptRow | undefined> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('login_attempts')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst();
}

async function putKey(tx: Transaction, row: AttemptRow): Promise<void> {
  const { key: _key, ...rest } = row;
  await tx
    .tables<IdentityTables>()
    .insertInto('login_attempts')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(rest))
    .execute();
}

async function deleteKey(tx: Transaction, key: string): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('login_attempts').where('key', '=', key).execute();
}

async function forgetOld(tx: Transaction, now: number): Promise<void> {
  const before = now - 2 * DAY;
  await tx
    .tables<IdentityTables>()
    .deleteFrom('login_attempts')
    .where('last_at', '<', before)
    .where('locked_until', '<', now)
    .execute();
}
