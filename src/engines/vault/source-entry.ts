/** Turns what the walk found into entries of the file list; contents go to the store on the way. */
import { readlink } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { type BytePath, displayPath } from './byte-path.ts';
import { readSourceFile, type SourceReader, SourceUnreadable, sameState } from './read-source-file.ts';
import type { SourceProblem } from './snapshot.ts';
import type { EntryFacts, FileEntry, TreeEntry } from './tree-entry.ts';
import type { FoundPath } from './walk-tree.ts';

export interface SourceItem {
  readonly found: FoundPath;
  /** The same path in the parent snapshot. */
  readonly past: TreeEntry | undefined;
  /** Earlier path of the same inode in this run. */
  readonly linkTo: BytePath | undefined;
}

/** What became of one path. Neither entry nor problem: it vanished, or is a socket, pipe or device. */
export interface SourceOutcome {
  readonly entry?: TreeEntry;
  readonly problem?: SourceProblem;
  readonly special?: boolean;
  readonly reused?: boolean;
}

export interface EntryMaker extends SourceReader {
  /** Files whose ctime is not older may have changed again within the clock's grain since the parent read them. */
  readonly trustBeforeNs: bigint;
}

export async function makeEntry(maker: EntryMaker, item: SourceItem): Promise<SourceOutcome> {
  const { found, linkTo } = item;
  const facts = factsOf(found);
  if (found.facts.isDirectory()) {
    const entry = { ...facts, type: 'directory' } as const;
    return found.listError === undefined
      ? { entry }
      : { entry, problem: problemOf(found, 'vault.folder-unreadable', found.listError) };
  }
  if (linkTo !== undefined) return { entry: { ...facts, type: 'hardlink', target: linkTo } };
  if (found.facts.isSymbolicLink()) return linkEntry(found);
  if (!found.facts.isFile()) return { special: true };
  return reuse(maker, item) ?? (await readEntry(maker, found));
}

/** The fast path: the parent knows this very state of the file, and all its chunks are really there. */
function reuse(maker: EntryMaker, { found, past }: SourceItem): SourceOutcome | undefined {
  if (past?.type !== 'file' || past.torn) return undefined;
  const known = { size: BigInt(past.size), mtimeNs: past.mtimeNs, ctimeNs: past.ctimeNs, ino: past.inode };
  if (!sameState(known, found.facts) || past.ctimeNs >= maker.trustBeforeNs) return undefined;
  // Every chunk is asked for, so that all wrong ones are forgotten and written anew.
  const missing = past.chunks.filter((chunk) => !maker.store.holds(chunk));
  return missing.length > 0 ? undefined : { entry: { ...past, ...factsOf(found) }, reused: true };
}

async function readEntry(maker: EntryMaker, found: FoundPath): Promise<SourceOutcome> {
  try {
    const { content, facts, torn } = await readSourceFile(maker, found.absolute);
    const entry: FileEntry = {
      ...factsOf({ ...found, facts }),
      type: 'file',
      ...content,
      ctimeNs: facts.ctimeNs,
      inode: facts.ino,
      sparse: facts.blocks * 512n < facts.size,
      torn,
    };
    return torn ? { entry, problem: problemOf(found, 'vault.file-changed', undefined) } : { entry };
  } catch (error) {
    return unreadable(maker, found, error);
  }
}

/** Only failures of the source are survivable; a repository that cannot be written ends the run. */
function unreadable(maker: EntryMaker, found: FoundPath, error: unknown): SourceOutcome {
  maker.signal.throwIfAborted();
  if (!(error instanceof SourceUnreadable)) throw error;
  if (systemCode(error.cause) === 'ENOENT') return {};
  return { problem: problemOf(found, 'vault.file-unreadable', error.cause) };
}

async function linkEntry(found: FoundPath): Promise<SourceOutcome> {
  try {
    const target = await readlink(found.absolute, { encoding: 'buffer' });
    return { entry: { ...factsOf(found), type: 'symlink', target } };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {};
    return { problem: problemOf(found, 'vault.file-unreadable', error) };
  }
}

function factsOf({ path, facts }: Pick<FoundPath, 'path' | 'facts'>): EntryFacts {
  return {
    path,
    mode: Number(facts.mode) & 0o7777,
    uid: Number(facts.uid),
    gid: Number(facts.gid),
    mtimeNs: facts.mtimeNs,
  };
}

function problemOf(found: FoundPath, code: SourceProblem['code'], error: unknown): SourceProblem {
  const reason = error instanceof Error ? error.message : '';
  return { path: displayPath(found.path), code, reason };
}
