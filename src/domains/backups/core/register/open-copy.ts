import type { Vault } from '#engines/vault';
import { KuraError } from '#kernel/errors';

import type { StorageOpener } from '../../ports.ts';
import { openVaultAt } from '../vaults/open-vault-at.ts';
import { readPassphrase } from '../vaults/read-passphrase.ts';
import type { Copy } from './protected-job.ts';
import { repositoryIdentity } from './repository-identity.ts';

export interface CopyAccess {
  /** Passphrase of encrypted copies that name no file: the value of `KURA_VAULT_PASSPHRASE`. */
  readonly passphrase: string | undefined;
  readonly storages: StorageOpener;
}

/**
 * The vault of a copy; dispose it when done.
 * @throws KuraError unavailable `backups.copy-unreachable`, conflict `backups.other-medium`, and those of opening a vault.
 */
export async function openCopy(copy: Copy, access: CopyAccess, signal: AbortSignal): Promise<Vault> {
  const { repository, vaultId } = copy;
  const params = { copy: copy.name, repository };
  const found = await repositoryIdentity(repository, access.storages, signal);
  if (found === undefined) throw new KuraError('unavailable', 'backups.copy-unreachable', { params });
  if (found.vaultId !== undefined && found.vaultId !== vaultId) {
    throw new KuraError('conflict', 'backups.other-medium', { params });
  }
  const passphrase = copy.encrypted
    ? await readPassphrase({ file: copy.passphraseFile ?? undefined, fromEnvironment: access.passphrase })
    : undefined;
  return await openVaultAt({ repository, passphrase, signal }, access.storages);
}
