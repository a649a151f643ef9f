/** Holds a folder against the file list of a snapshot. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import type { Reason } from '../runs/run-record.ts';

/** What a path should be, whatever made the list. */
export type ComparableEntry =
  | { readonly type: 'file'; readonly path: Buffer; readonly size: number; readonly sha256: string | null }
  | { readonly type: 'symlink'; readonly path: Buffer; readonly target: Buffer | null }
  | { readonly type: 'hardlink'; readonly path: Buffer; readonly target: Buffer }
  /** Nothing is known of `other` but that something is there. */
  | { readonly type: 'directory' | 'other'; readonly path: Buffer };

/** A path that is not what the list says: in words that can be told, and in those of the log. */
export interface Difference extends Reason {
  readonly line: string;
}

export interface ComparedTree {
  /** Files compared, and the bytes read of them. */
  readonly files: number;
  readonly bytes: number;
  readonly differences: readonly Difference[];
  /** How many files differ. */
  readonly differingFiles: number;
  /** SHA-256 of the files that do not. */
  readonly matching: readonly string[];
}

export interface CompareOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (soFar: Omit<ComparedTree, 'matching' | 'differingFiles'>) => void;
}

export async function compareTree(
  folder: string,
  entries: AsyncIterable<ComparableEntry> | Iterable<ComparableEntry>,
  { signal, onProgress }: CompareOptions,
): Promise<ComparedTree> {
  const compared = {
    files: 0,
    bytes: 0,
    differingFiles: 0,
    differences: new Array<Difference>(),
    matching: new Array<string>(),
  };
  for await (const entry of entries) {
    signal.throwIfAborted();
    const path = Buffer.concat([Buffer.from(`${folder}/`), entry.path]);
    const found = await differenceAt(path, folder, entry, signal).catch(unlessMissing);
    if (found !== undefined) compared.differences.push(differenceOf(entry.path.toString(), found));
    if (entry.type !== 'file') continue;
    compared.files += 1;
    compared.bytes += entry.size;
    if (found !== undefined) compared.differingFiles += 1;
    else if (entry.sha256 !== null) compared.matching.push(entry.sha256);
    onProgress(compared);
  }
  return compared;
}

/** SHA-256 of a file, as hex digits. */
export async function hashFile(path: Buffer | string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal, highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest('hex');
}

interface Found {
  readonly code: string;
  readonly line: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

function differenceOf(path: string, { code, line, params = {} }: Found): Difference {
  return { code: `backups.difference-${code}`, params: { path, ...params }, line: `${path}: ${line}` };
}

/** Undefined when the path is what the entry says. */
async function differenceAt(
  path: Buffer,
  folder: string,
  entry: ComparableEntry,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const facts = await lstat(path);
  if (entry.type === 'file') {
    return facts.isFile() ? await fileDifference(path, facts.size, entry, signal) : wrongKind('file');
  }
  if (entry.type === 'directory') return facts.isDirectory() ? undefined : wrongKind('folder');
  if (entry.type === 'hardlink') {
    const first = await lstat(Buffer.concat([Buffer.from(`${folder}/`), entry.target]));
    if (first.ino === facts.ino) return undefined;
    return { code: 'hardlink', line: 'is not the same file as its other name' };
  }
  if (entry.type !== 'symlink') return undefined;
  if (!facts.isSymbolicLink()) return wrongKind('symbolic link');
  if (entry.target === null || (await readlink(path, 'buffer')).equals(entry.target)) return undefined;
  return { code: 'link', line: 'points elsewhere' };
}

function wrongKind(expected: string): Found {
  return { code: 'kind', line: `is no ${expected}` };
}

async function fileDifference(
  path: Buffer,
  size: number,
  entry: Extract<ComparableEntry, { type: 'file' }>,
  signal: AbortSignal,
): Promise<Found | undefined> {
  if (size !== entry.size) {
    const params = { found: size, expected: entry.size };
    return { code: 'size', line: `has ${size} bytes instead of ${entry.size}`, params };
  }
  if (entry.sha256 === null) return undefined;
  const found = await hashFile(path, signal);
  if (found === entry.sha256) return undefined;
  const params = { found, expected: entry.sha256 };
  return { code: 'content', line: `has SHA-256 ${found} instead of ${entry.sha256}`, params };
}

function unlessMissing(error: unknown): Found {
  // ENOTDIR: a file stands where a folder should be.
  if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return { code: 'missing', line: 'is missing' };
  throw error;
}
