import { createLocalDiskStorage, openVault, type Vault } from '#engines/vault';

export interface LocalVault {
  readonly repository: string;
  readonly passphrase: string | undefined;
  readonly signal: AbortSignal;
}

/** A repository in a folder of this machine; dispose it when done. @throws as `openVault` of the engine. */
export function openLocalVault({ repository, passphrase, signal }: LocalVault): Promise<Vault> {
  const storage = createLocalDiskStorage({ folder: repository });
  return openVault({ storage, signal, ...(passphrase === undefined ? {} : { passphrase }) });
}
