import { type Clock, nowInstant, type Random, systemClock, systemRandom } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { createIdSource } from '#kernel/ids';
import { MIB } from '#kernel/units';

import { defaultScryptCost, wrapMasterKey } from '../keys/key-slot.ts';
import { normalisedPassphrase } from '../keys/recovery-code.ts';
import { configKey, masterCommitment, vaultIdBytes } from '../keys/vault-keys.ts';
import type { VaultStorage } from '../storage/storage.ts';
import {
  CONFIG_COPY_KEY,
  CONFIG_KEY,
  encodeConfig,
  FORMAT_VERSION,
  type VaultConfig,
  writeConfig,
} from './vault-config.ts';

export interface InitVaultOptions {
  readonly storage: VaultStorage;
  /** `aes256` needs a passphrase; `none` must be asked for, so that nobody leaves a backup readable by mistake. */
  readonly encryption: 'aes256' | 'none';
  readonly passphrase?: string;
  /** Files are cut into chunks of so many bytes. Default 8 MiB; much smaller ones only make sense in tests. */
  readonly chunkBytes?: number;
  /** scrypt's n, a power of two; default 2^17 (128 MiB, about half a second). */
  readonly scryptCost?: number;
  /** The mark that nothing may ever be forgotten or pruned here; it cannot be taken back. */
  readonly appendOnly?: boolean;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface InitVaultResult {
  readonly id: string;
  readonly encryption: VaultConfig['encryption'];
}

/**
 * Makes an empty repository.
 * @throws KuraError conflict `vault.already-exists` | `vault.folder-not-empty`, invalid `vault.passphrase-missing` |
 * `vault.passphrase-unused`.
 */
export async function initVault(options: InitVaultOptions): Promise<InitVaultResult> {
  const { storage } = options;
  const random = options.random ?? systemRandom;
  const clock = options.clock ?? systemClock;
  await requireEmpty(storage);
  const identity = {
    format: 'kura-vault',
    version: FORMAT_VERSION,
    id: createIdSource(clock, random).next(),
    createdAt: nowInstant(clock),
    chunkBytes: options.chunkBytes ?? 8 * MIB,
    ...(options.appendOnly === true ? { appendOnly: options.appendOnly } : {}),
  } as const;
  const { config, macKey } =
    options.encryption === 'none'
      ? withoutEncryption(identity, options.passphrase)
      : await withPassphrase(identity, options, random);
  const stored = encodeConfig(config, macKey);
  await writeFirstConfig(storage, stored);
  return { id: config.id, encryption: config.encryption };
}

/**
 * The copy first: a folder with only a copy is an init that did not finish, and may be tried again. Of two at the same
 * moment one wins where the storage can tell; the other puts the winner's copy back.
 */
async function writeFirstConfig(storage: VaultStorage, stored: Uint8Array): Promise<void> {
  if (storage.create === undefined) return await writeConfig(storage, stored);
  await storage.write(CONFIG_COPY_KEY, stored);
  await storage.sync();
  try {
    await storage.create(CONFIG_KEY, stored);
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'vault.object-exists') throw error;
    await storage.write(CONFIG_COPY_KEY, await storage.read(CONFIG_KEY));
    throw alreadyExists(storage, error);
  }
  await storage.sync();
}

function alreadyExists({ location }: VaultStorage, cause?: unknown): KuraError {
  return new KuraError('conflict', 'vault.already-exists', { params: { location }, cause });
}

type Identity = Pick<VaultConfig, 'format' | 'version' | 'id' | 'createdAt' | 'chunkBytes' | 'appendOnly'>;
interface NewConfig {
  readonly config: VaultConfig;
  readonly macKey: Uint8Array | undefined;
}

function withoutEncryption(identity: Identity, passphrase: string | undefined): NewConfig {
  if (passphrase !== undefined) throw new KuraError('invalid', 'vault.passphrase-unused');
  return { config: { ...identity, encryption: 'none' }, macKey: undefined };
}

async function withPassphrase(identity: Identity, options: InitVaultOptions, random: Random): Promise<NewConfig> {
  const { passphrase } = options;
  if (passphrase === undefined || passphrase === '') throw new KuraError('invalid', 'vault.passphrase-missing');
  const master = random.bytes(32);
  const vaultId = vaultIdBytes(identity.id);
  const secret = { vaultId, passphrase: normalisedPassphrase(passphrase) };
  const slot = await wrapMasterKey(secret, master, random, {
    label: 'first',
    createdAt: identity.createdAt,
    cost: options.scryptCost ?? defaultScryptCost,
  });
  return {
    config: {
      ...identity,
      encryption: 'aes256-gcm-hkdf-1mb',
      masterCommitment: masterCommitment(vaultId, master),
      keySlots: [slot],
    },
    macKey: configKey(vaultId, master),
  };
}

async function requireEmpty(storage: VaultStorage): Promise<void> {
  const params = { location: storage.location };
  for await (const { key } of storage.list('')) {
    if (key === CONFIG_COPY_KEY) continue;
    throw new KuraError('conflict', key === CONFIG_KEY ? 'vault.already-exists' : 'vault.folder-not-empty', { params });
  }
}
