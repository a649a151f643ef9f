/**
 * A folder as hard links of another, kept from one image to the next: no file is stored twice, and what did not change keeps
 * its times, so that a backup need not read it again. Where links are impossible, files are copied.
 */
import { constants, type Dirent } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, readlink, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { systemCode } from '#kernel/errors';

export interface Mirrored {
  readonly count: number;
  readonly bytes: number;
}

/** @param leaveOut Whether an entry of the source (whole path) stays out, with everything below it. */
export async function mirrorFiles(
  from: string,
  to: string,
  leaveOut: (path: string, entry: Dirent) => boolean | Promise<boolean>,
): Promise<Mirrored> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  let count = 0;
  let bytes = 0;
  const wanted = new Set<string>();
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const isKept = entry.isDirectory() || entry.isFile() || entry.isSymbolicLink();
    if (!isKept || (await leaveOut(source, entry))) continue;
    wanted.add(entry.name);
    const done = await mirrorEntry(source, join(to, entry.name), { entry, leaveOut });
    count += done.count;
    bytes += done.bytes;
  }
  for (const name of await readdir(to)) {
    if (!wanted.has(name)) await rm(join(to, name), { recursive: true, force: true });
  }
  return { count, bytes };
}

interface Wish {
  readonly entry: Dirent;
  readonly leaveOut: Parameters<typeof mirrorFiles>[2];
}

const nothing: Mirrored = { count: 0, bytes: 0 };

async function mirrorEntry(source: string, target: string, { entry, leaveOut }: Wish): Promise<Mirrored> {
  const there = await factsOf(target);
  if (entry.isDirectory()) {
    if (there?.isDirectory() === false) await rm(target);
    return await mirrorFiles(source, target, leaveOut);
  }
  const facts = await factsOf(source);
  // Removed since the folder was listed.
  if (facts === undefined) return nothing;
  if (entry.isSymbolicLink()) {
    await rm(target, { recursive: true, force: true });
    await symlink(await readlink(source), target);
    return nothing;
  }
  const isSame = there?.isFile() === true && there.size === facts.size && there.mtimeMs === facts.mtimeMs;
  const isLinked = isSame && there.ino === facts.ino && there.dev === facts.dev;
  // A copy has an inode of its own; where links work, one that differs is a file that took the place of another.
  if (!isLinked && !(isSame && there.dev !== facts.dev)) {
    await rm(target, { recursive: true, force: true });
    await linkOrCopy(source, target);
  }
  return { count: 1, bytes: facts.size };
}

async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '')) throw error;
    const { atime, mtime } = await lstat(source);
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    await utimes(target, atime, mtime);
  }
}

async function factsOf(path: string) {
  return await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}
