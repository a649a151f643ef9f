/**
 * The ways into an encrypted repository: slots that come and go, and a new master key without rewriting data. Both
 * copies of the config change, one after the other, so that one of them always opens.
 */
import { hostname } from 'node:os';

import { type Clock, nowInstant, type Random, systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { requireRemovable } from '../repository/append-only.ts';
import { encodeConfig, MOST_MASTERS, MOST_SLOTS, readConfig, writeConfig } from '../repository/vault-config.ts';
import { acquireWriterLock, type WriterLock } from '../repository/writer-lock.ts';
import type { VaultStorage } from '../storage/storage.ts';
import { wrapFormerMasters } from './former-masters.ts';
import { defaultScryptCost, type KeySlot, slotId, wrapMasterKey } from './key-slot.ts';
import { createRecoveryCode, normalisedPassphrase } from './recovery-code.ts';
import { type EncryptedConfig, openSlots, type UnlockedConfig, unlockConfig } from './unlock.ts';
import { configKey, masterCommitment } from './vault-keys.ts';

export interface VaultKeyAccess {
  readonly storage: VaultStorage;
  /** One that opens the repository now. */
  readonly passphrase: string;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly host?: string;
  /** scrypt's n for new slots; default that of the slot which the passphrase opens, but no more than is needed today. */
  readonly scryptCost?: number;
  readonly signal?: AbortSignal;
}

export interface VaultKeySlot {
  /** 8 hex digits. */
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  /** Whether the passphrase that was given opens this one. */
  readonly current: boolean;
}

export interface NewKey {
  readonly passphrase: string;
  readonly label: string;
}

/** @throws KuraError as `openVault`; invalid `vault.not-encrypted`. The other three as well, and conflict `vault.locked`. */
export async function listVaultKeys(access: VaultKeyAccess): Promise<readonly VaultKeySlot[]> {
  const unlocked = await unlockConfig(await readConfig(access.storage, access.signal), access.passphrase);
  return unlocked.config.keySlots.map((slot) => factsOf(slot, unlocked));
}

/** A further passphrase. @throws KuraError conflict `vault.key-known`, limit `vault.too-many-keys`. */
export async function addVaultKey(access: VaultKeyAccess, key: NewKey): Promise<VaultKeySlot> {
  if (key.passphrase === '') throw new KuraError('invalid', 'vault.passphrase-missing');
  return await changing(access, async (unlocked) => {
    const { config, vaultId } = unlocked;
    if ((await openSlots(config, vaultId, key.passphrase)) !== undefined) {
      throw new KuraError('conflict', 'vault.key-known');
    }
    if (config.keySlots.length >= MOST_SLOTS) {
      throw new KuraError('limit', 'vault.too-many-keys', { params: { most: MOST_SLOTS } });
    }
    const slot = await newSlot(access, { ...unlocked, ...key });
    return { config: { ...config, keySlots: [...config.keySlots, slot] }, answer: factsOf(slot, unlocked) };
  });
}

/** A further passphrase made for paper. The code is shown once and stored nowhere. */
export async function addRecoveryKey(
  access: VaultKeyAccess,
): Promise<{ readonly code: string; readonly slot: VaultKeySlot }> {
  const code = createRecoveryCode(access.random ?? systemRandom);
  return { code, slot: await addVaultKey(access, { passphrase: code, label: 'recovery' }) };
}

/**
 * Who knows the passphrase of a removed slot gets in no more – unless they kept the master key while they could: then
 * only `rotateVaultKey` closes what comes after.
 * @throws KuraError refused `vault.append-only`, not-found `vault.key-not-found`, conflict `vault.key-last`.
 */
export async function removeVaultKey(access: VaultKeyAccess, id: string): Promise<VaultKeySlot> {
  return await changing(access, async (unlocked) => {
    const { config } = unlocked;
    requireRemovable(config);
    const slot = config.keySlots.find((candidate) => slotId(candidate) === id.toLowerCase());
    if (slot === undefined) throw new KuraError('not-found', 'vault.key-not-found', { params: { key: id } });
    if (config.keySlots.length === 1) throw new KuraError('conflict', 'vault.key-last');
    const keySlots = config.keySlots.filter((candidate) => candidate !== slot);
    return { config: { ...config, keySlots }, answer: factsOf(slot, unlocked) };
  });
}

export interface RotatedKey {
  /** Slots that still open the repository, and those whose passphrase was not given and that are gone. */
  readonly kept: readonly VaultKeySlot[];
  readonly dropped: readonly VaultKeySlot[];
  /** How many master keys there have been, this one included. */
  readonly masters: number;
}

/**
 * A new master key: everything written from now on is sealed under it; what lies there stays readable and is not
 * rewritten. Slots can only be carried over when their passphrase is given: `keep` names those beside the current one.
 * A vault that is open keeps writing with the key it was opened with; open it again.
 * @throws KuraError refused `vault.append-only`, unauthenticated `vault.passphrase-wrong`, limit `vault.too-many-keys`.
 */
export async function rotateVaultKey(access: VaultKeyAccess, keep: readonly string[] = []): Promise<RotatedKey> {
  const random = access.random ?? systemRandom;
  return await changing(access, async (unlocked) => {
    const { config, vaultId } = unlocked;
    requireRemovable(config);
    const former = [...unlocked.former, unlocked.master];
    if (former.length >= MOST_MASTERS) {
      throw new KuraError('limit', 'vault.too-many-keys', { params: { most: MOST_MASTERS } });
    }
    const master = random.bytes(32);
    const kept: KeySlot[] = [];
    const carried = new Set<KeySlot>();
    for (const passphrase of [access.passphrase, ...keep]) {
      const opened = await openSlots(config, vaultId, passphrase);
      if (opened === undefined) throw new KuraError('unauthenticated', 'vault.passphrase-wrong');
      if (carried.has(opened.slot)) continue;
      carried.add(opened.slot);
      kept.push(await newSlot(access, { ...unlocked, master, passphrase, label: opened.slot.label }));
    }
    const next: EncryptedConfig = {
      ...config,
      masterCommitment: masterCommitment(vaultId, master),
      keySlots: kept,
      formerMasters: [...wrapFormerMasters({ vaultId, master }, former, random)],
    };
    return {
      config: next,
      master,
      answer: {
        kept: kept.map((slot, index) => ({ ...factsOf(slot, unlocked), current: index === 0 })),
        dropped: config.keySlots.filter((slot) => !carried.has(slot)).map((slot) => factsOf(slot, unlocked)),
        masters: former.length + 1,
      },
    };
  });
}

interface Change<Answer> {
  readonly config: EncryptedConfig;
  /** The new master key, when it changes. */
  readonly master?: Uint8Array;
  readonly answer: Answer;
}

async function changing<Answer>(
  access: VaultKeyAccess,
  change: (unlocked: UnlockedConfig) => Promise<Change<Answer>>,
): Promise<Answer> {
  const signal = access.signal ?? new AbortController().signal;
  // Before the lock: who has no key must not even write that.
  await unlockConfig(await readConfig(access.storage, signal), access.passphrase);
  await using lock = await lockFor(access, signal);
  const unlocked = await unlockConfig(await readConfig(access.storage, signal), access.passphrase);
  const { config, master = unlocked.master, answer } = await change(unlocked);
  await lock.confirm();
  await writeConfig(access.storage, encodeConfig(config, configKey(unlocked.vaultId, master)), signal);
  return answer;
}

function lockFor(access: VaultKeyAccess, signal: AbortSignal): Promise<WriterLock> {
  const { storage, clock = systemClock, random = systemRandom, host = hostname() } = access;
  return acquireWriterLock({ storage, clock, random, host }, 'keys', signal);
}

type SlotWish = NewKey & Pick<UnlockedConfig, 'vaultId' | 'master' | 'slot'>;

function newSlot(access: VaultKeyAccess, { vaultId, master, slot, passphrase, label }: SlotWish): Promise<KeySlot> {
  const { clock = systemClock, random = systemRandom, scryptCost: cost = Math.min(slot.n, defaultScryptCost) } = access;
  const secret = { vaultId, passphrase: normalisedPassphrase(passphrase) };
  return wrapMasterKey(secret, master, random, { label, createdAt: nowInstant(clock), cost });
}

function factsOf(slot: KeySlot, unlocked: UnlockedConfig): VaultKeySlot {
  const { label, createdAt } = slot;
  return { id: slotId(slot), label, createdAt, current: slot === unlocked.slot };
}
