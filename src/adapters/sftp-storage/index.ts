/** Vault repositories on SFTP servers. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { SftpCredentials, SftpDeps } from './sftp-connection.ts';
export { type SftpPlace, sftpPlace } from './sftp-place.ts';
export { createSftpStorage, type SftpStorage } from './sftp-storage.ts';
export const sftpStorageMessages: Catalogues = { en, ja };
