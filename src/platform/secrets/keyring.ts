/** The keyring: data keys as the database holds them, as far as the master key opens them. */
import { type Instant, instant } from '#kernel/brands';
import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Database, Transaction } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { type AeadKey, aeadOpen, aeadSeal } from './aead.ts';
import { addKey, type KeyRow, readKeys, rewrapKey } from './key-store.ts';

export interface SecretKeysState {
  readonly masterId: string;
  /** Newest first. */
  readonly keys: readonly SecretKey[];
}

export interface SecretKey {
  readonly id: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly wrappedAt: Instant;
  /** The one that seals. */
  readonly active: boolean;
  /** False when another master key wrapped it: what it sealed cannot be opened here. */
  readonly usable: boolean;
}

export interface SecretsDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly random: Random;
  /** The master key in force: asked again when a key does not open, for it may have changed meanwhile. */
  readonly master: () => AeadKey;
}

export interface MasterKeys {
  readonly from: readonly AeadKey[];
  readonly to: AeadKey;
}

export interface Keyring {
  /** The key that seals. @throws KuraError unavailable `secrets.key-missing`, `secrets.key-expired` */
  active(): AeadKey;
  find(id: string): Promise<AeadKey | undefined>;
  state(): Promise<SecretKeysState>;
  renew(actor: Actor): Promise<string>;
  /** A new data key where the one that seals has not long to go; its id. */
  renewDue(actor: Actor): Promise<string | undefined>;
  rewrap(actor: Actor, masters: MasterKeys): Promise<number>;
  noteKit(actor: Actor): Promise<void>;
}

/** B-450: keys are renewed yearly, and so long before their time is over. */
const keyLifeMs = 365 * DAY;
export const renewBeforeMs = 30 * DAY;

/** Opens it, with a first key where it has none that this master key opens. */
export async function openKeyring(deps: SecretsDeps): Promise<Keyring> {
  const { database, unitOfWork, clock } = deps;
  let master = deps.master();
  let keys = await firstKeys(deps, master);
  async function reload(): Promise<void> {
    master = deps.master();
    keys = unwrapped(await readKeys(database), master);
  }
  async function renew(actor: Actor): Promise<string> {
    const made = await unitOfWork.write(actor, async (tx) => {
      const key = await makeKey(deps, tx, master);
      await tx.audit(keyEntry('secrets.renew-data-key', key.id, {}));
      return key;
    });
    keys = [made, ...keys];
    return made.id;
  }

  return {
    active() {
      const [key] = keys;
      // Another process will have made the next one; what is sealed meanwhile need not wait for it.
      if (isDue(key, clock)) void reload().catch(() => undefined);
      return inForce(key, clock);
    },
    async find(id) {
      if (keys.every((key) => key.id !== id)) await reload();
      return keys.find((key) => key.id === id);
    },
    async state() {
      const rows = await readKeys(database);
      const usable = new Set(unwrapped(rows, master).map(({ id }) => id));
      const active = rows.find(({ id }) => usable.has(id))?.id;
      return { masterId: master.id, keys: rows.map((row) => described(row, usable, active)) };
    },
    async renew(actor) {
      await reload();
      return await renew(actor);
    },
    async renewDue(actor) {
      await reload();
      const [key] = keys;
      return isDue(key, clock) ? await renew(actor) : undefined;
    },
    noteKit: (actor) => unitOfWork.write(actor, async (tx) => tx.audit(keyEntry('secrets.print-kit', master.id, {}))),
    async rewrap(actor, { from, to }) {
      const count = await unitOfWork.write(actor, async (tx) => {
        const changed = rewrapped(await readKeys(tx), [master, ...from], to, deps);
        for (const row of changed) await rewrapKey(tx, row);
        await tx.audit(keyEntry('secrets.change-master-key', to.id, { keys: changed.length }));
        return changed.length;
      });
      master = to;
      keys = unwrapped(await readKeys(database), master);
      return count;
    },
  };
}

interface UsableKey extends AeadKey {
  readonly expiresAt: number;
}

async function firstKeys(deps: SecretsDeps, master: AeadKey): Promise<readonly UsableKey[]> {
  const keys = unwrapped(await readKeys(deps.database), master);
  if (keys.length > 0) return keys;
  return await deps.database.transaction(async (tx) => {
    // Another process may have been faster.
    const there = unwrapped(await readKeys(tx), master);
    return there.length > 0 ? there : [await makeKey(deps, tx, master)];
  });
}

function isDue(key: UsableKey | undefined, clock: Clock): boolean {
  return key !== undefined && key.expiresAt - clock.now() < renewBeforeMs;
}

function inForce(key: UsableKey | undefined, clock: Clock): UsableKey {
  if (key === undefined) throw new KuraError('unavailable', 'secrets.key-missing', { params: { id: '–' } });
  if (key.expiresAt > clock.now()) return key;
  throw new KuraError('unavailable', 'secrets.key-expired', { params: { id: key.id } });
}

function unwrapped(rows: readonly KeyRow[], master: AeadKey): readonly UsableKey[] {
  return rows.flatMap((row) => {
    const value = unwrap(row, [master]);
    return value === undefined ? [] : [{ id: row.id, value, expiresAt: Date.parse(row.expires_at) }];
  });
}

function unwrap({ id, wrapped }: KeyRow, masters: readonly AeadKey[]): Uint8Array | undefined {
  const sealed = Buffer.from(wrapped, 'base64url');
  return masters.map((master) => aeadOpen(master, sealed, wrapContext(id))).find((value) => value !== undefined);
}

function rewrapped(
  rows: readonly KeyRow[],
  from: readonly AeadKey[],
  to: AeadKey,
  { clock, random }: Pick<SecretsDeps, 'clock' | 'random'>,
) {
  return rows.flatMap((row) => {
    const value = row.master_id === to.id ? undefined : unwrap(row, from);
    if (value === undefined) return [];
    return [{ id: row.id, ...wrapping({ id: row.id, value }, to, random), wrapped_at: nowInstant(clock) }];
  });
}

async function makeKey({ clock, random }: SecretsDeps, tx: Transaction, master: AeadKey): Promise<UsableKey> {
  const expiresAt = clock.now() + keyLifeMs;
  const key: UsableKey = { expiresAt, id: Buffer.from(random.bytes(4)).toString('hex'), value: random.bytes(32) };
  const now = nowInstant(clock);
  await addKey(tx, {
    id: key.id,
    ...wrapping(key, master, random),
    created_at: now,
    expires_at: instant(new Date(expiresAt)),
    wrapped_at: now,
  });
  return key;
}

function wrapping(key: AeadKey, master: AeadKey, random: Random): Pick<KeyRow, 'wrapped' | 'master_id'> {
  const sealed = aeadSeal(master, key.value, wrapContext(key.id), random);
  return { wrapped: Buffer.from(sealed).toString('base64url'), master_id: master.id };
}

function wrapContext(id: string): string {
  return `kura/data-key/${id}`;
}

function described(row: KeyRow, usable: ReadonlySet<string>, active: string | undefined): SecretKey {
  return {
    id: row.id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    wrappedAt: row.wrapped_at,
    active: row.id === active,
    usable: usable.has(row.id),
  };
}

function keyEntry(action: string, id: string, after: Readonly<Record<string, unknown>>) {
  return {
    action,
    category: 'configuration' as const,
    level: 'warning' as const,
    subject: { kind: 'secret-key', id },
    result: 'done' as const,
    after,
  };
}
