/**
 * Names that differ only in capitals or in how their accents are written are one name on some file systems (macOS,
 * Windows, memory sticks): the second would silently replace the first.
 */
import { createHash } from 'node:crypto';
import { lstat, rm, writeFile } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { type BytePath, joinPath } from '../format/byte-path.ts';

export interface NameClashes {
  /** True for the second and every further path that would land on a path seen before. */
  isTaken(path: BytePath): boolean;
}

export function createNameClashes(): NameClashes {
  const first = new Map<string, string>();
  return {
    isTaken(path) {
      const folded = path.toString('utf8').normalize('NFC').toLowerCase();
      const exact = path.toString('latin1');
      const before = first.get(folded);
      if (before === undefined) first.set(folded, exact);
      return before !== undefined && before !== exact;
    },
  };
}

/** Asks the file system itself, by one empty file that is removed again. */
export async function foldsNames(folder: Buffer): Promise<boolean> {
  const unique = createHash('sha256').update(`${process.pid} ${performance.now()}`).digest('hex').slice(0, 16);
  const path = joinPath(folder, Buffer.from(`.kura-restore-case-${unique}`));
  await writeFile(path, '', { flag: 'wx' });
  try {
    await lstat(joinPath(folder, Buffer.from(`.KURA-RESTORE-CASE-${unique.toUpperCase()}`)));
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}
