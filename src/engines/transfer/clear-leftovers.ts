/** What a program that was killed between naming a finished file and tidying up has left beside it. */
import { stat } from 'node:fs/promises';
import type { Clock } from '#kernel/clock';
import { isKuraError, systemCode } from '#kernel/errors';

import { blockLogPath } from './blocks/block-log.ts';
import { lockPart } from './part-lock.ts';
import { removePart } from './part-state.ts';
import { journalPath } from './proven-part.ts';

/**
 * Removes journal, lock and second name of the finished file `target`. A part that is another file is kept: somebody
 * may want to go on with it; and so is everything while a living process works on it.
 */
export async function clearLeftovers(target: string, clock: Clock): Promise<void> {
  const partPath = `${target}.part`;
  const beside = [partPath, journalPath(partPath), blockLogPath(partPath), lockPath(partPath)];
  if ((await Promise.all(beside.map(inodeOf))).every((inode) => inode === undefined)) return;
  try {
    await using _lock = await lockPart(lockPath(partPath), clock);
    const part = await inodeOf(partPath);
    if (part === undefined || part === (await inodeOf(target))) await removePart(partPath);
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'transfer.busy') throw error;
  }
}

export function lockPath(partPath: string): string {
  return `${partPath}.lock`;
}

async function inodeOf(path: string): Promise<bigint | undefined> {
  try {
    return (await stat(path, { bigint: true })).ino;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
