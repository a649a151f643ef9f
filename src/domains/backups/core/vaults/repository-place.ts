/** Where a repository lies: in a folder of this machine, or on a server, by its address. */
import { createLocalDiskStorage, type VaultStorage } from '#engines/vault';

import type { StorageOpener } from '../../ports.ts';

/** Whether the text is an address and not a path. */
export function isAddress(repository: string): boolean {
  return /^(?:s3|sftp|rclone):/.test(repository);
}

/** Whoever opens it closes it, or hands it to a vault, which does. */
export async function openStorageAt(repository: string, storages: StorageOpener): Promise<VaultStorage> {
  return isAddress(repository) ? await storages.open(repository) : createLocalDiskStorage({ folder: repository });
}

/** A folder needs none. */
export async function closeStorage(storage: VaultStorage): Promise<void> {
  await storage[Symbol.asyncDispose]?.();
}
