/**
 * Ways into a tree that lead through real folders only. On Linux every folder on the way is opened without following
 * links and kept open for a while, and the path handed out starts at the open folder: nobody can put a link in its
 * place meanwhile, and paths may be longer than the 4096 bytes that a system call takes. Elsewhere every folder is
 * looked at before it is used.
 */
import { constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';

import { KuraError, systemCode } from '#kernel/errors';

import { type BytePath, displayPath, joinPath } from '../format/byte-path.ts';

export interface FolderAnchor extends AsyncDisposable {
  /**
   * Runs `work` with a path that reaches `path` (relative to the root, checked by the caller) while it runs.
   * @throws KuraError refused `vault.path-through-link`; ENOENT when a folder on the way is missing.
   */
  at<Result>(path: BytePath, work: (reachable: Buffer) => Promise<Result>): Promise<Result>;
}

export interface FolderAnchorOptions {
  /** May itself be reached through links: it is what the person named. */
  readonly root: Buffer;
  /** Makes the folders that are missing on the way, readable for their owner only. */
  readonly create: boolean;
}

export function createFolderAnchor(options: FolderAnchorOptions): FolderAnchor {
  return process.platform === 'linux' && existsSync('/proc/self/fd') ? openFolders(options) : lookedAtFolders(options);
}

interface HeldFolder {
  readonly handle: Promise<FileHandle>;
  users: number;
}

/** Folders kept open after use: the walk is depth first, so the next path is usually near. */
const KEPT_OPEN = 64;
/** open(2): a handle for reaching things, which needs no permission to read the folder. Node does not name it. */
const O_PATH = 0x200000;

function openFolders({ root, create }: FolderAnchorOptions): FolderAnchor {
  const held = new Map<string, HeldFolder>();

  async function within<Result>(folder: BytePath, work: (handle: FileHandle) => Promise<Result>): Promise<Result> {
    const key = folder.toString('latin1');
    const entry = held.get(key) ?? { handle: openFolder(folder), users: 0 };
    // Last in the map is the one used last.
    held.delete(key);
    held.set(key, entry);
    entry.users += 1;
    try {
      return await work(await entry.handle);
    } finally {
      entry.users -= 1;
      await closeOldest();
    }
  }

  async function openFolder(folder: BytePath): Promise<FileHandle> {
    try {
      if (folder.length === 0) return await open(root, constants.O_DIRECTORY | O_PATH);
      const { parent, name } = split(folder);
      return await within(parent, (above) => openChild(below(above, name), create));
    } catch (error) {
      held.delete(folder.toString('latin1'));
      throw notAFolder(error) ? throughLink(joinPath(root, folder), error) : inWords(error, joinPath(root, folder));
    }
  }

  async function closeOldest(): Promise<void> {
    if (held.size <= KEPT_OPEN) return;
    for (const [key, { users, handle }] of held) {
      if (users > 0) continue;
      held.delete(key);
      return await (await handle).close();
    }
  }

  return {
    async at(path, work) {
      const { parent, name } = split(path);
      return await within(parent, async (folder) => {
        try {
          return await work(below(folder, name));
        } catch (error) {
          throw inWords(error, joinPath(root, path));
        }
      });
    },
    async [Symbol.asyncDispose]() {
      const handles = [...held.values()].map(({ handle }) => handle);
      held.clear();
      for (const handle of handles) await (await handle).close();
    },
  };
}

async function openChild(path: Buffer, create: boolean): Promise<FileHandle> {
  const flags = constants.O_DIRECTORY | constants.O_NOFOLLOW | O_PATH;
  try {
    return await open(path, flags);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || !create) throw error;
    await makeFolder(path);
    return await open(path, flags);
  }
}

function below(folder: FileHandle, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${folder.fd}/`), name]);
}

function lookedAtFolders({ root, create }: FolderAnchorOptions): FolderAnchor {
  const real = new Set<string>();

  async function check(folder: BytePath): Promise<void> {
    const key = folder.toString('latin1');
    if (real.has(key) || folder.length === 0) return;
    await check(split(folder).parent);
    const path = joinPath(root, folder);
    if (create) await makeFolder(path);
    if (!(await lstat(path)).isDirectory()) throw throughLink(path);
    real.add(key);
  }

  return {
    async at(path, work) {
      await check(split(path).parent);
      return await work(joinPath(root, path));
    },
    async [Symbol.asyncDispose]() {},
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

function split(path: BytePath): { readonly parent: BytePath; readonly name: Buffer } {
  const slash = path.lastIndexOf(0x2f);
  return { parent: path.subarray(0, Math.max(0, slash)), name: path.subarray(slash + 1) };
}

/** What opening a link or a file as a folder gives. */
function notAFolder(error: unknown): boolean {
  return systemCode(error) === 'ENOTDIR' || systemCode(error) === 'ELOOP';
}

/** People know the path, not the handle it was reached by. */
function inWords(error: unknown, path: Buffer): unknown {
  if (!(error instanceof Error) || !('path' in error) || !String(error.path).startsWith('/proc/self/fd/')) return error;
  error.message = error.message.replace(String(error.path), displayPath(path));
  return Object.assign(error, { path: displayPath(path) });
}

function throughLink(path: Buffer, cause?: unknown): KuraError {
  return new KuraError('refused', 'vault.path-through-link', { params: { path: displayPath(path) }, cause });
}
