/** Moves a file to another folder, which may be on another volume; never over something that is there. */
import { constants, copyFile, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { syncFolder } from '#platform/files';

/** @throws KuraError conflict `models.target-exists`. */
export async function moveFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw targetExists(to, error);
    if (systemCode(error) === 'ENOENT') throw error;
    await copyExclusively(from, to);
  }
  await syncFolder(dirname(to));
  await rm(from);
}

/** Another volume, or one without hard links: the copy is durable before the original goes. */
async function copyExclusively(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw targetExists(to, error);
    await rm(to, { force: true });
    throw error;
  }
  await using copy = await open(to, 'r');
  await copy.sync();
}

function targetExists(path: string, cause: unknown): KuraError {
  return new KuraError('conflict', 'models.target-exists', { params: { path }, cause });
}
