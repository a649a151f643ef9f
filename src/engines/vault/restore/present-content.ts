/** Whether a path in the target already is what the snapshot has: then it need not be written again. */
import { createHash, type Hash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';

import { MIB } from '#kernel/units';

import type { TreeEntry } from '../snapshot/tree-entry.ts';
import type { RestoreTarget } from './restore-target.ts';

export async function isPresent(
  target: RestoreTarget,
  entry: TreeEntry,
  existing: BigIntStats,
  signal: AbortSignal,
): Promise<boolean> {
  if (entry.type === 'symlink' && existing.isSymbolicLink()) {
    return target.at(entry.path, async (path) => (await readlink(path, { encoding: 'buffer' })).equals(entry.target));
  }
  if (entry.type !== 'file' || !existing.isFile() || existing.size !== BigInt(entry.size)) return false;
  return target.at(entry.path, async (path) => {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return (await hashOpenFile(file, createHash('sha256'), signal)) === entry.sha256;
  });
}

/** Hexadecimal digest of everything in the file. */
export async function hashOpenFile(file: FileHandle, hash: Hash, signal: AbortSignal): Promise<string> {
  const buffer = Buffer.alloc(MIB);
  for (let offset = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
}
