import { hostname } from 'node:os';

import { type Clock, type Random, systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { createBlobCodec } from './blob.ts';
import { createBlobWorkers } from './blob-workers.ts';
import { unwrapMasterKey } from './key-slot.ts';
import type { VaultStorage } from './storage.ts';
import { createVault, type Vault } from './vault.ts';
import { CONFIG_KEY, readConfig, type StoredConfig, type VaultConfig } from './vault-config.ts';
import { configKey, deriveVaultKeys, masterCommitment, sameHex, type VaultKeys, vaultIdBytes } from './vault-keys.ts';

export interface OpenVaultOptions {
  readonly storage: VaultStorage;
  readonly passphrase?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Name of this machine in snapshots and locks; default the host name. */
  readonly host?: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens a repository. Dispose it when done: it may hold worker threads.
 * @throws KuraError not-found `vault.not-a-vault`, mismatch `vault.config-damaged`, invalid `vault.version-unsupported` |
 * `vault.passphrase-missing` | `vault.passphrase-unused`, unauthenticated `vault.passphrase-wrong`.
 */
export async function openVault(options: OpenVaultOptions): Promise<Vault> {
  const stored = await readConfig(options.storage, options.signal);
  const keys = await unlock(stored, options.passphrase);
  const random = options.random ?? systemRandom;
  return createVault({
    storage: options.storage,
    config: stored.config,
    codec: createBlobCodec(keys, random),
    workers: createBlobWorkers(keys),
    clock: options.clock ?? systemClock,
    random,
    host: options.host ?? hostname(),
  });
}

async function unlock(stored: StoredConfig, passphrase: string | undefined): Promise<VaultKeys> {
  const { config } = stored;
  const vaultId = vaultIdBytes(config.id);
  if (config.encryption === 'none') {
    // Whoever has a passphrase expects encryption: a config that was swapped for an open one must not pass unnoticed.
    if (passphrase !== undefined) throw new KuraError('invalid', 'vault.passphrase-unused');
    return { vaultId };
  }
  if (passphrase === undefined || passphrase === '') throw new KuraError('invalid', 'vault.passphrase-missing');
  const master = await openSlots(config, vaultId, passphrase);
  if (!stored.authenticatedBy(configKey(vaultId, master))) {
    throw new KuraError('mismatch', 'vault.config-damaged', { params: { object: CONFIG_KEY } });
  }
  return deriveVaultKeys(vaultId, master);
}

async function openSlots(
  config: VaultConfig & { encryption: 'aes256-gcm-hkdf-1mb' },
  vaultId: Uint8Array,
  passphrase: string,
): Promise<Uint8Array> {
  for (const slot of config.keySlots) {
    const master = await unwrapMasterKey({ vaultId, passphrase }, slot);
    if (master !== undefined && sameHex(masterCommitment(vaultId, master), config.masterCommitment)) return master;
  }
  throw new KuraError('unauthenticated', 'vault.passphrase-wrong');
}
