import { readFile } from 'node:fs/promises';

import { createSftpStorage, type SftpCredentials, sftpPlace } from '#adapters/sftp-storage';
import type { RemoteStorage } from '#backups/ports';
import { KuraError, systemCode } from '#kernel/errors';
import { type StorageCredentials, storageLogin } from '#platform/config';

import type { StorageSources } from './storage-sources.ts';

export async function openSftp(
  address: string,
  known: StorageCredentials,
  sources: StorageSources,
): Promise<RemoteStorage> {
  const place = sftpPlace(address);
  const login = storageLogin(known, place.location);
  const agent = sources.atTerminal ? sources.environment['SSH_AUTH_SOCK'] : undefined;
  const isLogin = login?.password !== undefined || login?.privateKeyFile !== undefined;
  if (!isLogin && agent === undefined) {
    throw new KuraError('invalid', 'sftp.credentials-missing', { params: { location: place.location } });
  }
  const privateKey = login?.privateKeyFile === undefined ? undefined : await readPrivateKey(login.privateKeyFile);
  const { password, passphrase } = login ?? {};
  const credentials: SftpCredentials = { password, passphrase, privateKey, agent: isLogin ? undefined : agent };
  return createSftpStorage({ place, credentials, egress: sources.egress });
}

async function readPrivateKey(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    const params = { path, reason: systemCode(cause) ?? String(cause) };
    throw new KuraError('invalid', 'sftp.private-key-unreadable', { params, cause });
  });
}
