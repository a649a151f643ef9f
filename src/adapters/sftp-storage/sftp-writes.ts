/** Atomic writes: a new file under `tmp/`, made durable, then named. */
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';

import type { SFTPWrapper } from 'ssh2';

import { requireKey, storageFull, storageRefused } from '#engines/vault';

import * as calls from './sftp-calls.ts';
import type { SftpPlace } from './sftp-place.ts';
import type { SftpSession } from './sftp-session.ts';

/** Half-written values live here, on the same file system as their final names. */
export const UNFINISHED = 'tmp';

/** Gives the finished file its name. */
export type Naming = (sftp: SFTPWrapper, unfinished: string, path: string) => Promise<void>;
export type SftpWrites = (
  key: string,
  value: Uint8Array,
  name: Naming,
  signal: AbortSignal | undefined,
) => Promise<void>;

const { noSuchFile, permissionDenied, failure } = calls.sftpStatus;

export function createSftpWrites({ folder: root, location }: SftpPlace, session: SftpSession): SftpWrites {
  const madeFolders = new Set<string>();

  async function requireFolder(sftp: SFTPWrapper, folder: string): Promise<void> {
    if (madeFolders.has(folder)) return;
    await makeFolders(sftp, folder);
    madeFolders.add(folder);
  }

  /** A full disk is told as a failure like any other. */
  async function whyNotWritten(sftp: SFTPWrapper, error: unknown, needed: number): Promise<unknown> {
    const status = calls.statusOf(error);
    if (status === permissionDenied) return storageRefused({ location, cause: error }, 'permission denied');
    // It was there before: the disk behind it is not any more.
    if (status === noSuchFile) return storageRefused({ location, cause: error }, 'the folder is gone');
    if (status !== failure) return error;
    const free = await calls.freeBytes(sftp, root).catch(() => undefined);
    if (free !== undefined && free < needed) return storageFull({ location, cause: error }, { free, needed });
    return storageRefused({ location, cause: error }, error instanceof Error ? error.message : 'failure');
  }

  return async (key, value, name, signal) => {
    signal?.throwIfAborted();
    requireKey(key);
    const path = posix.join(root, key);
    await session.run(async (sftp) => {
      const unfinished = posix.join(root, UNFINISHED, randomBytes(12).toString('hex'));
      try {
        for (const folder of [posix.dirname(unfinished), posix.dirname(path)]) await requireFolder(sftp, folder);
        await calls.writeNew(sftp, unfinished, value);
        signal?.throwIfAborted();
        await name(sftp, unfinished, path);
      } catch (error) {
        // A connection that broke would not carry this out, nor say so.
        if (calls.statusOf(error) !== undefined) await calls.unlink(sftp, unfinished).catch(() => undefined);
        throw await whyNotWritten(sftp, error, value.byteLength);
      }
    }, signal);
  };
}

async function makeFolders(sftp: SFTPWrapper, folder: string): Promise<void> {
  if (await calls.isThere(sftp, folder)) return;
  const parent = posix.dirname(folder);
  if (parent !== folder) await makeFolders(sftp, parent);
  await calls.makeFolder(sftp, folder).catch(async (error: unknown) => {
    // Somebody else may have made it at the same moment.
    if (!(await calls.isThere(sftp, folder))) throw error;
  });
}
