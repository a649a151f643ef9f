import { openVault, type Vault } from '#engines/vault';

import type { StorageOpener } from '../../ports.ts';
import { closeStorage, openStorageAt } from './repository-place.ts';

export interface VaultPlace {
  /** Folder, or address. */
  readonly repository: string;
  readonly passphrase: string | undefined;
  /** Private key (PEM) that signs the snapshots made. */
  readonly signingKey?: string;
  readonly signal: AbortSignal;
}

/** Dispose the vault when done: that closes its connections, too. @throws as `openVault` of the engine. */
export async function openVaultAt(
  { repository, passphrase, signal, ...signing }: VaultPlace,
  storages: StorageOpener,
): Promise<Vault> {
  const storage = await openStorageAt(repository, storages);
  try {
    return await openVault({ storage, signal, ...signing, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    await closeStorage(storage);
    throw error;
  }
}
