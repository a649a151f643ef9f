import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { MIB } from '#kernel/units';

import type { ByteRange, StoredItem, VaultStorage } from './storage.ts';

export interface LocalDiskOptions {
  /** Absolute or relative path of the repository folder; created on first write. */
  readonly folder: string;
  /** Free bytes that are never used up, so that a full backup disk can still be worked on. Default 64 MiB. */
  readonly reserveBytes?: number;
}

/** Half-written values live here, on the same file system as their final names. */
const UNFINISHED = 'tmp';

/**
 * A repository in a folder of this machine. A value is written to `tmp/`, fsynced and renamed to its name; folders are
 * fsynced by `sync`, once for many writes.
 */
export function createLocalDiskStorage(options: LocalDiskOptions): VaultStorage {
  const root = resolve(options.folder);
  const reserve = options.reserveBytes ?? 64 * MIB;
  const changedFolders = new Set<string>();

  async function write(key: string, value: Uint8Array, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const path = pathOf(root, key);
    const unfinished = join(root, UNFINISHED, randomBytes(12).toString('hex'));
    await createFolder(dirname(unfinished));
    await createFolder(dirname(path));
    await refuseBeyondReserve(value.byteLength);
    try {
      await writeDurably(unfinished, value);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw asStorageError(error, root);
    }
    changedFolders.add(dirname(path));
  }

  async function createFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) changedFolders.add(dirname(made));
  }

  async function refuseBeyondReserve(length: number): Promise<void> {
    const free = await freeBytes();
    if (free < length) {
      throw new KuraError('unavailable', 'vault.storage-full', { params: { location: root, free, needed: length } });
    }
  }

  async function freeBytes(): Promise<number> {
    const facts = await statfs(await nearestExisting(root));
    return Math.max(0, facts.bavail * facts.bsize - reserve);
  }

  return {
    location: root,
    localFolder: root,
    list: (prefix, signal) => listFolder(root, prefix, signal),
    read: (key, readOptions) => readValue(pathOf(root, key), key, readOptions ?? {}),
    write,
    freeBytes,
    async remove(key, signal) {
      signal?.throwIfAborted();
      const path = pathOf(root, key);
      await rm(path, { force: true });
      changedFolders.add(dirname(path));
    },
    async sync() {
      const folders = [...changedFolders];
      changedFolders.clear();
      for (const folder of folders) await syncFolder(folder);
    },
    async discardUnfinished() {
      await rm(join(root, UNFINISHED), { recursive: true, force: true });
    },
  };
}

function pathOf(root: string, key: string): string {
  if (!/^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)*$/.test(key)) throw new RangeError(`not a storage key: ${key}`);
  return join(root, key);
}

async function* listFolder(root: string, prefix: string, signal?: AbortSignal): AsyncGenerator<StoredItem> {
  signal?.throwIfAborted();
  let names: string[];
  try {
    names = await readdir(join(root, prefix));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    if (prefix === '' && name === UNFINISHED) continue;
    const key = `${prefix}${name}`;
    const facts = await statOrGone(join(root, key));
    if (facts?.isDirectory() === true) yield* listFolder(root, `${key}/`, signal);
    else if (facts !== undefined) yield { key, size: facts.size };
  }
}

/** A lock may vanish between listing and looking. */
async function statOrGone(path: string): Promise<(Awaited<ReturnType<typeof stat>> & { size: number }) | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readValue(
  path: string,
  key: string,
  options: { readonly range?: ByteRange; readonly signal?: AbortSignal },
): Promise<Uint8Array> {
  options.signal?.throwIfAborted();
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new KuraError('not-found', 'vault.object-missing', { params: { object: key }, cause: error });
  }
  try {
    const range = options.range ?? { offset: 0, length: (await file.stat()).size };
    return await readExactly(file, range, key);
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, range: ByteRange, key: string): Promise<Uint8Array> {
  // An ArrayBuffer of its own, so that it can be handed to a worker without copying.
  const target = new Uint8Array(range.length);
  let done = 0;
  while (done < range.length) {
    const { bytesRead } = await file.read(target, done, range.length - done, range.offset + done);
    if (bytesRead === 0) throw new KuraError('mismatch', 'vault.object-truncated', { params: { object: key } });
    done += bytesRead;
  }
  return target;
}

async function writeDurably(path: string, value: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(value);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file systems journal names themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function nearestExisting(folder: string): Promise<string> {
  if ((await statOrGone(folder)) !== undefined || dirname(folder) === folder) return folder;
  return nearestExisting(dirname(folder));
}

function asStorageError(error: unknown, location: string): unknown {
  const code = systemCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new KuraError('unavailable', 'vault.storage-full', { params: { location, free: 0 }, cause: error });
}
