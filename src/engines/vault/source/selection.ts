/** What of a source is backed up. The same rules tell later which files of a folder the backup did not speak about. */
import { open } from 'node:fs/promises';

import { type BytePath, joinPath } from '../format/byte-path.ts';
import { createPathFilter, type PathFilter } from './exclude.ts';

/** As asked for by the person, and kept in the snapshot. */
export interface SelectionRules {
  /** Patterns of paths to leave out: see the file format's documentation, "exclude". */
  readonly exclude?: readonly string[] | undefined;
  /** Leave out what lies beside a valid CACHEDIR.TAG (https://bford.info/cachedir/); the tag stays. */
  readonly excludeCaches?: boolean | undefined;
  /** Leave out files of more bytes than this. */
  readonly excludeLargerThan?: number | undefined;
  /** Stay on the file system of the source: what is mounted in it is kept as an empty folder. */
  readonly oneFileSystem?: boolean | undefined;
}

export interface Selection {
  readonly excluded: PathFilter;
  readonly excludeCaches: boolean;
  readonly excludeLargerThan: bigint | undefined;
  readonly oneFileSystem: boolean;
}

export function createSelection(rules: SelectionRules): Selection {
  const limit = rules.excludeLargerThan;
  return {
    excluded: createPathFilter(rules.exclude ?? []),
    excludeCaches: rules.excludeCaches ?? false,
    excludeLargerThan: limit === undefined ? undefined : BigInt(limit),
    oneFileSystem: rules.oneFileSystem ?? false,
  };
}

/** One pattern a line; empty lines and lines that begin with `#` say nothing. */
export function parseExcludeFile(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

const CACHE_TAG = Buffer.from('CACHEDIR.TAG');
const CACHE_SIGNATURE = Buffer.from('Signature: 8a477f597d28d172789f06886806bc55');

/** The names of a folder that stay: all, or in a tagged cache only the tag. `folder` is a path that reaches it. */
export async function withoutCache(names: readonly Buffer[], folder: Buffer): Promise<readonly Buffer[]> {
  const tag = names.find((name) => name.equals(CACHE_TAG));
  return tag !== undefined && (await isSigned(joinPath(folder, tag))) ? [tag] : names;
}

async function isSigned(tag: BytePath): Promise<boolean> {
  try {
    await using file = await open(tag, 'r');
    const { buffer } = await file.read(Buffer.alloc(CACHE_SIGNATURE.length), 0, CACHE_SIGNATURE.length, 0);
    return buffer.equals(CACHE_SIGNATURE);
  } catch {
    // What cannot be read proves nothing: the folder is backed up like any other.
    return false;
  }
}
