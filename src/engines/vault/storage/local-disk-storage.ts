import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { systemCode } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { readDirect } from '../file-system/direct-file.ts';
import { asStorageError } from './disk-errors.ts';
import { createDiskWrites, statOrGone, UNFINISHED } from './disk-writes.ts';
import { renameIfAbsent } from './durable-file.ts';
import { createMediumGuard, type MediumGuard } from './medium-guard.ts';
import type { ReadOptions, StoredItem, VaultStorage } from './storage.ts';
import { objectMissing, objectTruncated, objectUnreadable, requireKey } from './storage-errors.ts';

export interface LocalDiskOptions {
  /** Absolute or relative path of the repository folder; created on first write. */
  readonly folder: string;
  /** Free bytes that are never used up, so that a full backup disk can still be worked on. Default 64 MiB. */
  readonly reserveBytes?: number;
}

/**
 * A repository in a folder of this machine: a disk, a medium that comes and goes, or a mounted network folder. A value is
 * written to `tmp/`, fsynced and renamed to its name; folders are fsynced by `sync`, once for many writes.
 */
export function createLocalDiskStorage(options: LocalDiskOptions): VaultStorage {
  const root = resolve(options.folder);
  const guard = createMediumGuard(root);
  const writes = createDiskWrites({ root, guard, reserve: options.reserveBytes ?? 64 * MIB });
  return {
    location: root,
    localFolder: root,
    list: (prefix, signal) => listGuarded({ root, guard }, prefix, signal),
    async read(key, options = {}) {
      options.signal?.throwIfAborted();
      requireKey(key);
      try {
        await guard.begin();
        return await readValue(join(root, key), key, options);
      } catch (error) {
        // What is away is not lost.
        await guard.check();
        throw asStorageError(error, root);
      }
    },
    async write(key, value, signal) {
      signal?.throwIfAborted();
      await writes.put(key, value, async (unfinished, path) => {
        await rename(unfinished, path);
        return true;
      });
    },
    async create(key, value, signal) {
      signal?.throwIfAborted();
      await writes.put(key, value, renameIfAbsent);
    },
    async remove(key, signal) {
      signal?.throwIfAborted();
      await writes.remove(key);
    },
    sync: () => writes.sync(),
    freeBytes: () => writes.freeBytes(),
    discardUnfinished: () => rm(join(root, UNFINISHED), { recursive: true, force: true }),
  };
}

interface GuardedRoot {
  readonly root: string;
  readonly guard: MediumGuard;
}

/** Nothing is listed of a medium that is not the right one, and nothing is left out because it went away meanwhile. */
async function* listGuarded(place: GuardedRoot, prefix: string, signal?: AbortSignal): AsyncGenerator<StoredItem> {
  await place.guard.check();
  yield* listFolder(place.root, prefix, signal);
  await place.guard.check();
}

async function* listFolder(root: string, prefix: string, signal?: AbortSignal): AsyncGenerator<StoredItem> {
  signal?.throwIfAborted();
  let names: string[];
  try {
    names = await readdir(join(root, prefix));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw asStorageError(error, root);
  }
  for (const name of names) {
    if (prefix === '' && name === UNFINISHED) continue;
    const key = `${prefix}${name}`;
    const facts = await statOrGone(join(root, key));
    if (facts?.isDirectory() === true) yield* listFolder(root, `${key}/`, signal);
    else if (facts !== undefined) yield { key, size: facts.size };
  }
}

async function readValue(path: string, key: string, wanted: ReadOptions): Promise<Uint8Array> {
  try {
    const { into } = wanted;
    if (into !== undefined && wanted.range?.offset === 0) {
      const target = into.subarray(0, wanted.range.length);
      const count = await readDirect(path, target);
      if (count === target.byteLength) return target;
    }
    await using file = await open(path, 'r');
    const range = wanted.range ?? { offset: 0, length: (await file.stat()).size };
    // Memory of its own can be handed to a worker without copying.
    const target = wanted.into?.subarray(0, range.length) ?? new Uint8Array(range.length);
    return await readExactly(file, { key, offset: range.offset, target });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw objectMissing(key, error);
    if (systemCode(error) === 'EIO') throw objectUnreadable(key, 'EIO', error);
    throw error;
  }
}

async function readExactly(
  file: FileHandle,
  { key, offset, target }: { readonly key: string; readonly offset: number; readonly target: Uint8Array },
): Promise<Uint8Array> {
  let done = 0;
  while (done < target.byteLength) {
    const { bytesRead } = await file.read(target, done, target.byteLength - done, offset + done);
    if (bytesRead === 0) throw objectTruncated(key);
    done += bytesRead;
  }
  return target;
}
