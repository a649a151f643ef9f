/** The folder that is restored into. Nothing is ever written through a symbolic link, or outside of it. */
import { hash } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { chmod, type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { createFolderAnchor } from '../file-system/folder-anchor.ts';
import { type BytePath, joinPath, safeNames } from '../format/byte-path.ts';

export interface RestoreTarget extends AsyncDisposable {
  readonly root: Buffer;
  /** For messages, and to refuse a path before anything is written. @throws KuraError refused `vault.path-escapes`. */
  absolute(path: BytePath): Buffer;
  /** What is there now, links not followed; undefined as well when a folder on the way is missing or none. */
  existing(path: BytePath): Promise<BigIntStats | undefined>;
  /** Runs `work` with a path that reaches `path`; folders on the way are made. @throws `vault.path-through-link`. */
  at<Result>(path: BytePath, work: (reachable: Buffer) => Promise<Result>): Promise<Result>;
  /** Runs `work` with a path that reaches the folder itself, which is made when missing. */
  inFolder<Result>(path: BytePath, work: (reachable: Buffer) => Promise<Result>): Promise<Result>;
}

export function createRestoreTarget(root: Buffer): RestoreTarget {
  const looking = createFolderAnchor({ root, create: false });
  const making = createFolderAnchor({ root, create: true });
  return {
    root,
    absolute(path) {
      safeNames(path);
      return joinPath(root, path);
    },
    async existing(path) {
      try {
        return await looking.at(path, async (reachable) =>
          lstatSync(reachable, { bigint: true, throwIfNoEntry: false }),
        );
      } catch (error) {
        const code = systemCode(error);
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'vault.path-through-link') return undefined;
        throw error;
      }
    },
    at: (path, work) => making.at(path, work),
    inFolder: (path, work) => making.at(joinPath(path, Buffer.from('.')), work),
    async [Symbol.asyncDispose]() {
      await looking[Symbol.asyncDispose]();
      await making[Symbol.asyncDispose]();
    },
  };
}

/** A folder of ours may have lost the right to be written into, when an earlier run had already finished it. */
export async function makeWritable(folder: Buffer): Promise<void> {
  const facts = await lstat(folder);
  if (facts.uid === process.geteuid?.() && (facts.mode & 0o700) !== 0o700) await chmod(folder, 0o700);
}

/** Whether a file must be durable before it gets its name. */
export type Durability = (descriptor: number) => boolean;

/**
 * Writes a file beside its final name and moves it there when `fill` has succeeded, so that the name shows either what
 * was there before or all of the new content. The temporary name is fixed, so that a run after a crash replaces it.
 */
export async function replaceFile(
  final: Buffer,
  fill: (file: FileHandle, temporary: Buffer) => Promise<void>,
  mustBeDurable: Durability,
): Promise<void> {
  const temporary = temporaryFor(final);
  try {
    await using file = await open(temporary, NEW, 0o600).catch(async (error: unknown) => {
      makeRoom(temporary, error);
      return await open(temporary, NEW, 0o600);
    });
    await fill(file, temporary);
    if (mustBeDurable(file.fd)) await file.sync();
    await rename(temporary, final);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** As `replaceFile`, on this thread: for so little content that asking another one takes longer than writing it. */
export function replaceSmallFile(
  final: Buffer,
  fill: (descriptor: number, temporary: Buffer) => void,
  mustBeDurable: Durability,
): void {
  const temporary = temporaryFor(final);
  try {
    const file = openNew(temporary);
    try {
      fill(file, temporary);
      if (mustBeDurable(file)) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, final);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function temporaryFor(final: Buffer): Buffer {
  const slash = final.lastIndexOf(0x2f);
  const name = hash('sha256', final.subarray(slash + 1)).slice(0, 24);
  return joinPath(final.subarray(0, slash), Buffer.from(`${TEMPORARY}${name}`));
}

function openNew(path: Buffer): number {
  try {
    return openSync(path, NEW, 0o600);
  } catch (error) {
    makeRoom(path, error);
    return openSync(path, NEW, 0o600);
  }
}

/** What a run that was killed has left under a temporary name goes. @throws `error` when it says something else. */
function makeRoom(path: Buffer, error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
  unlinkSync(path);
}

const NEW = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const TEMPORARY = '.kura-restore-';
