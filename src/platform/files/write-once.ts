import { randomBytes } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { systemCode } from '#kernel/errors';

import { writeFileAtomic } from './write-atomic.ts';

/**
 * A file readable by its owner only, in a folder of the same kind. One that is already there stays as it is: of two
 * processes that make it at once, the first wins.
 */
export async function writePrivateFileOnce(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFileAtomic(aside, text, { mode: 0o600 });
    // Unlike a rename this takes nobody's place.
    await link(aside, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
