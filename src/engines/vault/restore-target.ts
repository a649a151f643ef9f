/**
 * The folder that is restored into. Nothing is ever written through a symbolic link: every folder on the way to a path
 * is looked at, not followed, before something is created in it.
 */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';

import { KuraError, systemCode } from '#kernel/errors';

import { type BytePath, displayPath, joinPath, safeNames } from './byte-path.ts';

export interface RestoreTarget {
  readonly root: Buffer;
  /** Absolute path for an entry. @throws KuraError refused `vault.path-escapes`. */
  absolute(path: BytePath): Buffer;
  /** What is there now, links not followed. */
  existing(path: BytePath): Promise<BigIntStats | undefined>;
  /** Makes sure that `path` is a real folder below the root. @throws KuraError refused `vault.path-through-link`. */
  prepareFolder(path: BytePath): Promise<void>;
  prepareFolderOf(path: BytePath): Promise<void>;
}

export function createRestoreTarget(root: Buffer): RestoreTarget {
  const realFolders = new Set<string>();

  async function prepare(folder: BytePath): Promise<void> {
    const key = folder.toString('latin1');
    if (realFolders.has(key)) return;
    const absolute = joinPath(root, folder);
    if ((await lstatOrNothing(absolute)) === undefined) await makeFolder(absolute);
    if ((await lstatOrNothing(absolute))?.isDirectory() !== true) {
      throw new KuraError('refused', 'vault.path-through-link', { params: { path: displayPath(absolute) } });
    }
    realFolders.add(key);
  }

  async function prepareAll(names: readonly Buffer[]): Promise<void> {
    let folder: BytePath = Buffer.alloc(0);
    for (const name of names) {
      folder = joinPath(folder, name);
      await prepare(folder);
    }
  }

  return {
    root,
    absolute(path) {
      safeNames(path);
      return joinPath(root, path);
    },
    existing: (path) => lstatOrNothing(joinPath(root, path)),
    prepareFolder: (path) => prepareAll(safeNames(path)),
    prepareFolderOf: (path) => prepareAll(safeNames(path).slice(0, -1)),
  };
}

/** Two files of the same folder may both find that it is missing. */
async function makeFolder(path: Buffer): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Writes a file beside its final name and moves it there when `fill` has succeeded, so that the name shows either what
 * was there before or all of the new content. The temporary name is fixed, so that a run after a crash replaces it.
 */
export async function replaceFile(
  final: Buffer,
  temporaryName: string,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = joinPath(final.subarray(0, final.lastIndexOf(0x2f)), Buffer.from(temporaryName));
  await rm(temporary, { force: true });
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    await using file = await open(temporary, flags, 0o600);
    await fill(file);
    await file.sync();
    await rename(temporary, final);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function lstatOrNothing(path: Buffer): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
