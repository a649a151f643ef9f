/**
 * Finds large files that have another path than in the parent snapshot and are otherwise the same: same inode, size and
 * modification time to the nanosecond. They are not read again. (Renaming changes the change time of a file, moving the
 * folder it lies in does not; so that one alone is not asked for.)
 */
import { MIB } from '#kernel/units';

import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import type { FoundPath } from '../source/walk-tree.ts';

export interface MovedFiles {
  /** What the parent knows under another path of this file, which `mayHaveMoved`. */
  find(found: FoundPath): Promise<FileEntry | undefined>;
}

/** Smaller files are read faster than looked for. */
export const MOVED_FROM_BYTES = MIB;

export function mayHaveMoved({ facts }: FoundPath): boolean {
  return facts.isFile() && facts.size >= MOVED_FROM_BYTES;
}

/** @param readParent the entries of the parent, or at least its large files; asked for once, when first needed. */
export function createMovedFiles(readParent: () => AsyncIterable<TreeEntry>): MovedFiles {
  let known: Promise<Map<string, FileEntry>> | undefined;
  return {
    async find({ facts }) {
      known ??= largeFiles(readParent());
      const past = (await known).get(String(facts.ino));
      return past?.mtimeNs === facts.mtimeNs && BigInt(past.size) === facts.size ? past : undefined;
    },
  };
}

async function largeFiles(entries: AsyncIterable<TreeEntry>): Promise<Map<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  for await (const entry of entries) {
    if (entry.type === 'file' && entry.size >= MOVED_FROM_BYTES && !entry.torn) files.set(String(entry.inode), entry);
  }
  return files;
}
