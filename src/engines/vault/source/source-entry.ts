/** Turns what the walk found into entries of the file list; contents go to the store on the way. */
import { readlink } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';
import { type ExtendedAttribute, readAttributes } from '../file-system/extended-attributes.ts';
import type { Libc } from '../file-system/libc.ts';
import { type BytePath, displayPath } from '../format/byte-path.ts';
import { entryOf, type ParentLine } from '../snapshot/parent-lines.ts';
import type { SourceProblem } from '../snapshot/snapshot.ts';
import type { EntryFacts, FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import { unchangedFile } from '../snapshot/unchanged-file.ts';
import { readSourceFile, type SourceReader, SourceUnreadable, sameState } from './read-source-file.ts';
import { type FoundPath, withPath } from './walk-tree.ts';

export interface SourceItem {
  readonly found: FoundPath;
  /** What the parent snapshot says of the same path. */
  readonly past: ParentLine | undefined;
  /** The same file under another path of the parent snapshot. */
  readonly moved?: FileEntry | undefined;
  /** Earlier path of the same inode in this run. */
  readonly linkTo: BytePath | undefined;
}

/** What became of one path. Neither entry nor problem: it vanished, or is a socket, pipe or device. */
export interface SourceOutcome {
  readonly entry?: TreeEntry;
  /** The entry as it is written in the list, when that is at hand. */
  readonly line?: string;
  readonly problem?: SourceProblem;
  readonly special?: boolean;
  readonly reused?: boolean;
}

export interface EntryMaker extends SourceReader {
  /** Files whose ctime is not older may have changed again within the clock's grain since the parent read them. */
  readonly trustBeforeNs: bigint;
  /** Reads extended attributes; without it they are not kept. */
  readonly libc?: Libc | undefined;
  /** The parent's entries have the attributes of their paths: whose ctime is as it was has no others now. */
  readonly pastHasAttributes?: boolean;
}

/**
 * The fast path for a file that is just what its parent's line says, chunks included: at once and without a new line. Undefined when
 * anything is otherwise, or asks for a closer look: then `makeEntry` decides.
 */
export function unchangedEntry(
  { store, libc, trustBeforeNs, pastHasAttributes }: EntryMaker,
  item: SourceItem,
): SourceOutcome | undefined {
  const { found, past, moved, linkTo } = item;
  const { facts } = found;
  if (past === undefined || moved !== undefined || linkTo !== undefined || found.anchor !== undefined) return undefined;
  if (!facts.isFile() || facts.ctimeNs >= trustBeforeNs) return undefined;
  const entry = unchangedFile(past, facts);
  if (entry === undefined || !entry.chunks.every((chunk) => store.holds(chunk))) return undefined;
  const mayHaveMore = libc !== undefined && pastHasAttributes !== true;
  if (mayHaveMore && !isWithoutAttributes(libc, found.absolute)) return undefined;
  return { entry, line: past.line, reused: true };
}

function isWithoutAttributes(libc: Libc, path: Buffer): boolean {
  try {
    return readAttributes(libc, path).length === 0;
  } catch {
    return false;
  }
}

export async function makeEntry(maker: EntryMaker, item: SourceItem): Promise<SourceOutcome> {
  const { found } = item;
  const outcome = await contentOf(maker, item);
  const { entry } = outcome;
  if (entry === undefined || entry.type === 'hardlink' || maker.libc === undefined) return outcome;
  const { attributes, error } = await attributesOf(maker.libc, found);
  const known = attributes.length === 0 ? entry : { ...entry, attributes };
  if (error === undefined) return { ...outcome, entry: known };
  return { problem: problemOf(found, 'vault.attributes-unreadable', error), ...outcome, entry: known };
}

async function contentOf(maker: EntryMaker, item: SourceItem): Promise<SourceOutcome> {
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

interface FoundAttributes {
  readonly attributes: readonly ExtendedAttribute[];
  readonly error?: unknown;
}

/** Also of files that did not change: an older snapshot may not have them. */
async function attributesOf(libc: Libc, found: FoundPath): Promise<FoundAttributes> {
  try {
    return { attributes: await withPath(found, async (path) => readAttributes(libc, path)) };
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? { attributes: [] } : { attributes: [], error };
  }
}

/** The fast path: the parent knows this very state of the file, and all its chunks are really there. */
function reuse(maker: EntryMaker, { found, past, moved }: SourceItem): SourceOutcome | undefined {
  const known = moved ?? (past && entryOf(past.line));
  if (known?.type !== 'file' || known.torn || known.ctimeNs >= maker.trustBeforeNs) return undefined;
  if (moved === undefined && !isUnchanged(known, found)) return undefined;
  // Every chunk is asked for, so that all wrong ones are forgotten and written anew.
  const missing = known.chunks.filter((chunk) => !maker.store.holds(chunk));
  if (missing.length > 0) return undefined;
  const entry = { ...known, ...factsOf(found), ctimeNs: found.facts.ctimeNs, attributes: undefined };
  return { entry, reused: true };
}

function isUnchanged({ size, mtimeNs, ctimeNs, inode }: FileEntry, { facts }: FoundPath): boolean {
  return sameState({ size: BigInt(size), mtimeNs, ctimeNs, ino: inode }, facts);
}

async function readEntry(maker: EntryMaker, found: FoundPath): Promise<SourceOutcome> {
  try {
    const { content, facts, torn } = await withPath(found, (path) => readSourceFile(maker, path, found.facts.size));
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
    const target = await withPath(found, (path) => readlink(path, { encoding: 'buffer' }));
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

/** A listed name of which nothing more could be learnt. */
export function unreadablePath(path: BytePath, error: unknown): SourceProblem {
  return problemOf({ path }, 'vault.file-unreadable', error);
}

function problemOf({ path }: Pick<FoundPath, 'path'>, code: SourceProblem['code'], error: unknown): SourceProblem {
  const reason = error instanceof Error ? error.message : '';
  return { path: displayPath(path), code, reason };
}
