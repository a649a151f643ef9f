/** Changes in a repository's folder: durable, atomic, and only while the right medium is there. */
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { isKuraError, systemCode } from '#kernel/errors';

import { asStorageError } from './disk-errors.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { MediumGuard } from './medium-guard.ts';
import { objectExists, requireKey, storageFull } from './storage-errors.ts';

/** Half-written values live here, on the same file system as their final names. */
export const UNFINISHED = 'tmp';

/** Gives the finished file its name; false when that is taken. */
export type Naming = (unfinished: string, path: string) => Promise<boolean>;

export interface DiskWrites {
  put(key: string, value: Uint8Array, name: Naming): Promise<void>;
  remove(key: string): Promise<void>;
  sync(): Promise<void>;
  freeBytes(): Promise<number>;
}

export interface DiskPlace {
  readonly root: string;
  readonly guard: MediumGuard;
  /** Bytes that stay free. */
  readonly reserve: number;
}

export function createDiskWrites(place: DiskPlace): DiskWrites {
  const { root, guard, reserve } = place;
  const changedFolders = new Set<string>();

  async function freeBytes(): Promise<number> {
    const facts = await statfs(await nearestExisting(root));
    return Math.max(0, facts.bavail * facts.bsize - reserve);
  }

  async function createFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) changedFolders.add(dirname(made));
  }

  async function refuseBeyondReserve(needed: number): Promise<void> {
    const free = await freeBytes();
    if (free < needed) throw storageFull({ location: root }, { free, needed });
  }

  return {
    freeBytes,
    async put(key, value, name) {
      requireKey(key);
      const path = join(root, key);
      const unfinished = join(root, UNFINISHED, randomBytes(12).toString('hex'));
      await guarded(place, async () => {
        await createFolder(dirname(unfinished));
        await createFolder(dirname(path));
        await guard.begin();
        await refuseBeyondReserve(value.byteLength);
        try {
          await writeDurably(unfinished, value);
          if (!(await name(unfinished, path))) throw objectExists(key);
        } catch (error) {
          // A medium that is gone takes this with it.
          await rm(unfinished, { force: true }).catch(() => undefined);
          throw error;
        }
      });
      changedFolders.add(dirname(path));
    },
    async remove(key) {
      requireKey(key);
      const path = join(root, key);
      await guarded(place, () => rm(path, { force: true }));
      changedFolders.add(dirname(path));
    },
    async sync() {
      const folders = [...changedFolders];
      changedFolders.clear();
      await guarded(place, async () => {
        for (const folder of folders) await syncFolder(folder);
      });
    },
  };
}

/** A medium that went away explains whatever error it left behind. */
async function guarded({ root, guard }: DiskPlace, work: () => Promise<void>): Promise<void> {
  try {
    await guard.check();
    await work();
  } catch (error) {
    if (isKuraError(error) || systemCode(error) === undefined) throw error;
    await guard.check();
    throw asStorageError(error, root);
  }
}

/** What is there may vanish between listing and looking. */
export async function statOrGone(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function nearestExisting(folder: string): Promise<string> {
  if ((await statOrGone(folder)) !== undefined || dirname(folder) === folder) return folder;
  return nearestExisting(dirname(folder));
}
