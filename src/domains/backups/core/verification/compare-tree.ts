/** Holds a folder against the file list of a snapshot. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';

import type { FileEntry, TreeEntry } from '#engines/vault';
import { systemCode } from '#kernel/errors';

export interface ComparedTree {
  /** Files compared, and the bytes read of them. */
  readonly files: number;
  readonly bytes: number;
  /** One line per path that is not what the list says. */
  readonly differences: readonly string[];
  /** SHA-256 of the files that are. */
  readonly matching: readonly string[];
}

export interface CompareOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (soFar: Omit<ComparedTree, 'matching'>) => void;
}

export async function compareTree(
  folder: string,
  entries: AsyncIterable<TreeEntry>,
  { signal, onProgress }: CompareOptions,
): Promise<ComparedTree> {
  const compared = { files: 0, bytes: 0, differences: new Array<string>(), matching: new Array<string>() };
  for await (const entry of entries) {
    signal.throwIfAborted();
    const path = Buffer.concat([Buffer.from(`${folder}/`), entry.path]);
    const difference = await differenceAt(path, folder, entry, signal).catch(unlessMissing);
    if (difference !== undefined) compared.differences.push(`${entry.path.toString()}: ${difference}`);
    if (entry.type !== 'file') continue;
    compared.files += 1;
    compared.bytes += entry.size;
    if (difference === undefined) compared.matching.push(entry.sha256);
    onProgress(compared);
  }
  return compared;
}

/** Undefined when the path is what the entry says. */
async function differenceAt(
  path: Buffer,
  folder: string,
  entry: TreeEntry,
  signal: AbortSignal,
): Promise<string | undefined> {
  const facts = await lstat(path);
  if (entry.type === 'file') return facts.isFile() ? fileDifference(path, facts.size, entry, signal) : 'is no file';
  if (entry.type === 'directory') return facts.isDirectory() ? undefined : 'is no folder';
  if (entry.type === 'hardlink') {
    const first = await lstat(Buffer.concat([Buffer.from(`${folder}/`), entry.target]));
    return first.ino === facts.ino ? undefined : 'is not the same file as its other name';
  }
  if (!facts.isSymbolicLink()) return 'is no symbolic link';
  return (await readlink(path, 'buffer')).equals(entry.target) ? undefined : 'points elsewhere';
}

async function fileDifference(
  path: Buffer,
  size: number,
  entry: FileEntry,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (size !== entry.size) return `has ${size} bytes instead of ${entry.size}`;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal, highWaterMark: 1 << 20 })) hash.update(piece);
  const found = hash.digest('hex');
  return found === entry.sha256 ? undefined : `has SHA-256 ${found} instead of ${entry.sha256}`;
}

function unlessMissing(error: unknown): string {
  // ENOTDIR: a file stands where a folder should be.
  if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return 'is missing';
  throw error;
}
