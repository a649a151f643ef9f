/** Files that survive a power cut. */
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';

import { DirectFile } from '#kernel/direct-file';
import { systemCode } from '#kernel/errors';

import { writeAt } from '../file-system/direct-file.ts';

/** The content is on the medium when this resolves; the name is not yet, see `syncFolder`. */
export async function writeDurably(path: string, value: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await using direct = new DirectFile(file.fd);
  await writeAt(file, value, 0, direct);
  await file.datasync();
}

/** Renames, but never over anything. @returns false when something is there already */
export async function renameIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return false;
    // exFAT, FAT and some network folders know no hard links: looking first is the best there is.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    return await renameAfterLooking(from, to);
  }
  await rm(from, { force: true });
  return true;
}

async function renameAfterLooking(from: string, to: string): Promise<boolean> {
  const isThere = await stat(to).then(
    () => true,
    () => false,
  );
  if (!isThere) await rename(from, to);
  return !isThere;
}

/** Makes names in the folder durable; a folder that is gone needs nothing. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file systems journal names themselves.
  if (process.platform === 'win32') return;
  const handle = await openFolder(folder);
  if (handle === undefined) return;
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems cannot sync folders, and keep names on the far side anyway.
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

async function openFolder(folder: string): Promise<FileHandle | undefined> {
  return await open(folder, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}
