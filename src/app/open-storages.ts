/**
 * Which adapter reaches a repository on a server, with which login, and under which rule for outgoing connections. Each is
 * loaded when an address asks for it.
 */
import type { StorageOpener } from '#backups/ports';
import { parseStorageCredentials } from '#platform/config';

import type { StorageSources } from './storages/storage-sources.ts';

export function createStorageOpener(sources: StorageSources): StorageOpener {
  return {
    async open(address, logins = '{}') {
      const configured = parseStorageCredentials(sources.credentials ?? '{}') ?? {};
      const known = { ...configured, ...parseStorageCredentials(logins) };
      if (address.startsWith('s3:')) {
        const { openS3 } = await import('./storages/open-s3.ts');
        return openS3(address, known, sources);
      }
      if (address.startsWith('sftp:')) {
        const { openSftp } = await import('./storages/open-sftp.ts');
        return await openSftp(address, known, sources);
      }
      const { openRclone } = await import('./storages/open-rclone.ts');
      return openRclone(address, sources);
    },
  };
}
