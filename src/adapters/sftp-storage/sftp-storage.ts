import { constants } from 'node:fs';
import { posix } from 'node:path';

import type { SFTPWrapper } from 'ssh2';

import {
  objectExists,
  objectMissing,
  objectTruncated,
  objectUnreadable,
  requireKey,
  type StoredItem,
  storageRefused,
  type VaultStorage,
} from '#engines/vault';
import { isKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import * as calls from './sftp-calls.ts';
import type { SftpDeps } from './sftp-connection.ts';
import { createSftpSession, type SftpSession } from './sftp-session.ts';
import { createSftpWrites, UNFINISHED } from './sftp-writes.ts';

export type SftpStorage = VaultStorage & AsyncDisposable;

/** Never used up, so that a full disk can still be worked on. */
const RESERVE = 64 * MIB;
const { noSuchFile, permissionDenied, failure, endOfFile } = calls.sftpStatus;

/** A repository in a folder of an SFTP server; the server must know `posix-rename@openssh.com`. */
export function createSftpStorage(deps: SftpDeps): SftpStorage {
  const { folder: root, location } = deps.place;
  const session = createSftpSession(deps);
  const put = createSftpWrites(deps.place, session);

  return {
    location,
    list: (prefix, signal) => listFolder(session, { root, prefix }, signal),
    async read(key, { range, signal } = {}) {
      signal?.throwIfAborted();
      requireKey(key);
      const path = posix.join(root, key);
      return await session.run((sftp) => calls.readRange(sftp, path, range).catch(whyNotRead(location, key)), signal);
    },
    write: (key, value, signal) => put(key, value, calls.renameOver, signal),
    async create(key, value, signal) {
      await put(key, value, (sftp, from, to) => nameIfAbsent(sftp, key, { from, to }), signal);
    },
    async remove(key, signal) {
      signal?.throwIfAborted();
      requireKey(key);
      await session.run(async (sftp) => {
        await calls.unlink(sftp, posix.join(root, key)).catch((error: unknown) => {
          const status = calls.statusOf(error);
          if (status === noSuchFile) return;
          throw status === undefined ? error : storageRefused({ location, cause: error }, reasonOf(error));
        });
      }, signal);
    },
    // The protocol cannot sync folders: names last as the server's file system makes them last.
    async sync() {},
    async freeBytes(signal) {
      const free = await session.run((sftp) => calls.freeBytes(sftp, root).catch(() => undefined), signal);
      return free === undefined ? undefined : Math.max(0, free - RESERVE);
    },
    discardUnfinished: (signal) => session.run((sftp) => emptyFolder(sftp, posix.join(root, UNFINISHED)), signal),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function whyNotRead(location: string, key: string): (error: unknown) => never {
  return (error) => {
    const status = calls.statusOf(error);
    if (status === noSuchFile) throw objectMissing(key, error);
    if (status === endOfFile) throw objectTruncated(key);
    if (status === permissionDenied) throw storageRefused({ location, cause: error }, 'permission denied');
    throw status === failure ? objectUnreadable(key, reasonOf(error), error) : error;
  };
}

async function* listFolder(
  session: SftpSession,
  { root, prefix }: { readonly root: string; readonly prefix: string },
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredItem> {
  const entries = await session.run(
    (sftp) =>
      calls.listFolder(sftp, posix.join(root, prefix)).catch((error: unknown) => {
        if (calls.statusOf(error) === noSuchFile) return [];
        throw error;
      }),
    signal,
  );
  for (const { filename, attrs } of entries) {
    if ((prefix === '' && filename === UNFINISHED) || filename === '.' || filename === '..') continue;
    const key = `${prefix}${filename}`;
    if ((attrs.mode & constants.S_IFMT) === constants.S_IFDIR)
      yield* listFolder(session, { root, prefix: `${key}/` }, signal);
    else yield { key, size: attrs.size };
  }
}

async function nameIfAbsent(
  sftp: SFTPWrapper,
  key: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await calls.renameIfAbsent(sftp, from, to).catch(async (error: unknown) => {
    throw (await calls.isThere(sftp, to)) ? objectExists(key, error) : error;
  });
}

async function emptyFolder(sftp: SFTPWrapper, folder: string): Promise<void> {
  const entries = await calls.listFolder(sftp, folder).catch((error: unknown) => {
    if (calls.statusOf(error) === noSuchFile) return [];
    throw error;
  });
  for (const { filename } of entries) await calls.unlink(sftp, posix.join(folder, filename));
}

function reasonOf(error: unknown): string {
  if (isKuraError(error)) return error.code;
  return error instanceof Error ? error.message : String(error);
}
