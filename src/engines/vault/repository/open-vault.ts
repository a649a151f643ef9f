import { hostname } from 'node:os';

import { type Clock, type Random, systemClock, systemRandom } from '#kernel/clock';

import { createBlobCodec } from '../format/blob.ts';
import { openZstd } from '../format/zstd.ts';
import { unlockVault } from '../keys/unlock.ts';
import { createBlobWorkers } from '../objects/blob-workers.ts';
import { createSigner } from '../signing/snapshot-signature.ts';
import type { VaultStorage } from '../storage/storage.ts';
import { createVault, type Vault } from '../vault.ts';
import { readConfig } from './vault-config.ts';

export interface OpenVaultOptions {
  readonly storage: VaultStorage;
  readonly passphrase?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Name of this machine in snapshots and locks; default the host name. */
  readonly host?: string;
  /** Ed25519 private key (PKCS #8 PEM) of this writer: snapshots made through this vault carry its signature. */
  readonly signingKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens a repository. Dispose it when done: it may hold worker threads, and owns the storage from then on.
 * @throws KuraError not-found `vault.not-a-vault`, mismatch `vault.config-damaged`, invalid `vault.version-unsupported` |
 * `vault.passphrase-missing` | `vault.passphrase-unused`, unauthenticated `vault.passphrase-wrong`, invalid
 * `vault.signing-key-invalid`.
 */
export async function openVault(options: OpenVaultOptions): Promise<Vault> {
  const stored = await readConfig(options.storage, options.signal);
  const [keys, zstd] = await Promise.all([unlockVault(stored, options.passphrase), openZstd()]);
  const random = options.random ?? systemRandom;
  const signer = options.signingKey === undefined ? undefined : createSigner(options.signingKey);
  return createVault({
    storage: options.storage,
    config: stored.config,
    codec: createBlobCodec(keys, random, { tools: { zstd } }),
    workers: createBlobWorkers(keys),
    clock: options.clock ?? systemClock,
    random,
    host: options.host ?? hostname(),
    signer,
  });
}
