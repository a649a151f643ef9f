/**
 * A backup run. Contents first, then the file list, then everything is made durable, and last of all the snapshot: at
 * no moment does a snapshot refer to something that is not there, and what was stored before an interruption is found
 * and reused by the next run.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { nowInstant } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';

import { type BlobStore, loadBlobStore } from './blob-store.ts';
import { type BytePath, displayPath } from './byte-path.ts';
import { createGate, mapInOrder } from './concurrent.ts';
import { createPathFilter } from './exclude.ts';
import { listSnapshots, type Snapshot, type SnapshotTotals, type SourceProblem, writeSnapshot } from './snapshot.ts';
import { type EntryMaker, makeEntry, type SourceItem, type SourceOutcome } from './source-entry.ts';
import {
  createPathLookup,
  createTreeListWriter,
  type PathLookup,
  readTreeList,
  type TreeListWriter,
} from './tree-list.ts';
import type { VaultContext } from './vault-context.ts';
import { type FoundPath, type Walk, walkTree } from './walk-tree.ts';
import { acquireWriterLock } from './writer-lock.ts';

export interface BackupRequest {
  /** The folder to back up. */
  readonly source: string;
  readonly tags?: readonly string[];
  /** Patterns of paths to leave out: see the file format's documentation, "exclude". */
  readonly exclude?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

export interface BackupProgress {
  readonly files: number;
  /** Sizes of the files dealt with. */
  readonly bytes: number;
  /** Bytes really read from the source. */
  readonly readBytes: number;
  /** Bytes newly stored in the repository. */
  readonly newBytes: number;
  readonly problems: number;
  /** The path that was finished last. */
  readonly path: string;
}

export interface BackupResult {
  readonly snapshot: Snapshot;
  readonly result: 'complete' | 'partial';
  readonly files: number;
  readonly bytes: number;
  /** Chunks that were not in the repository before, and the bytes they take there. */
  readonly newObjects: number;
  readonly newBytes: number;
  /** Bytes read from the source; unchanged files are not read. */
  readonly readBytes: number;
  readonly reusedFiles: number;
  readonly problems: readonly SourceProblem[];
  readonly seconds: number;
}

/** Files read at the same time: one computes while another waits for the disk. */
const READERS = 3;
/** Paths looked at ahead of the one whose turn it is in the list. */
const LOOK_AHEAD = 64;
/** Coarsest clock of the usual file systems' change times on Linux, with room. */
const CLOCK_GRAIN_NS = 20_000_000n;

export async function backup(context: VaultContext, request: BackupRequest): Promise<BackupResult> {
  const started = context.clock.monotonic();
  const startedAt = nowInstant(context.clock);
  const source = resolve(request.source);
  const requested = request.signal ?? new AbortController().signal;
  await requireFolder(source);
  await using lock = await acquireWriterLock(context, 'backup', requested);
  const signal = AbortSignal.any([requested, lock.lost]);
  await context.storage.discardUnfinished(signal);

  const store = await loadBlobStore(context.storage, context.codec, signal);
  const parent = await findParent(context, source, signal);
  const run: Run = { context, store, signal, source, startedAt, parent, request, ...emptyCounts() };
  const list = await storeTree(run);
  await store.flush(signal);
  await lock.confirm();
  const snapshot = await writeSnapshot(
    context.storage,
    context.codec,
    {
      startedAt,
      endedAt: nowInstant(context.clock),
      host: context.host,
      source,
      tags: request.tags ?? [],
      exclude: request.exclude ?? [],
      parent: parent?.id,
      result: run.problems.length === 0 ? 'complete' : 'partial',
      totals: run.totals,
      problems: run.problems,
      list,
    },
    signal,
  );
  return {
    snapshot,
    result: snapshot.result,
    files: run.totals.files,
    bytes: run.totals.bytes,
    newObjects: store.added.blobs,
    newBytes: store.added.bytes,
    readBytes: run.readBytes,
    reusedFiles: run.reusedFiles,
    problems: run.problems,
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}

interface Run {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  readonly source: string;
  readonly startedAt: string;
  readonly parent: Snapshot | undefined;
  readonly request: BackupRequest;
  readonly totals: { -readonly [Key in keyof SnapshotTotals]: SnapshotTotals[Key] };
  readonly problems: SourceProblem[];
  readBytes: number;
  reusedFiles: number;
  path: string;
}

function emptyCounts(): Pick<Run, 'totals' | 'problems' | 'readBytes' | 'reusedFiles' | 'path'> {
  return {
    totals: { files: 0, directories: 0, links: 0, special: 0, bytes: 0 },
    problems: [],
    readBytes: 0,
    reusedFiles: 0,
    path: '',
  };
}

/** A source that is not there must never look like an empty one. */
async function requireFolder(source: string): Promise<void> {
  const facts = await stat(source).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new KuraError('not-found', 'vault.source-missing', { params: { source }, cause: error });
  });
  if (!facts.isDirectory()) throw new KuraError('invalid', 'vault.source-not-a-folder', { params: { source } });
}

/** The newest readable snapshot of the same folder on the same machine. */
async function findParent(context: VaultContext, source: string, signal: AbortSignal): Promise<Snapshot | undefined> {
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  return snapshots.findLast((snapshot) => snapshot.source === source && snapshot.host === context.host);
}

async function storeTree(run: Run) {
  using list = createTreeListWriter(run.context, run.store, run.signal);
  const past = run.parent && createPathLookup(readTreeList(run.context, run.store, run.parent.list, run.signal));
  try {
    await storeEntries(run, list, past);
  } finally {
    await past?.close();
  }
  return await list.finish();
}

async function storeEntries(run: Run, list: TreeListWriter, past: PathLookup | undefined): Promise<void> {
  const gate = createGate(READERS);
  const maker: EntryMaker = {
    context: run.context,
    store: run.store,
    signal: run.signal,
    trustBeforeNs: trustBefore(run.parent),
    onRead(count) {
      run.readBytes += count;
      report(run);
    },
  };
  const outcomes = mapInOrder(sourceItems(await walkOf(run), past), LOOK_AHEAD, async (item) => ({
    item,
    outcome: await gate.run(() => makeEntry(maker, item)),
  }));
  const lostNames = new Set<string>();
  for await (const { item, outcome } of outcomes) {
    const sound = withoutDanglingLink(lostNames, item, outcome);
    if (sound.entry !== undefined) await list.add(sound.entry);
    run.path = displayPath(item.found.path);
    count(run, sound);
    report(run);
  }
}

async function walkOf(run: Run): Promise<Walk> {
  const { localFolder } = run.context.storage;
  const own = localFolder === undefined ? undefined : await stat(localFolder, { bigint: true });
  return {
    root: Buffer.from(run.source),
    excluded: createPathFilter(run.request.exclude ?? []),
    signal: run.signal,
    ...(own === undefined ? {} : { skip: { dev: own.dev, ino: own.ino } }),
  };
}

async function* sourceItems(walk: Walk, past: PathLookup | undefined): AsyncGenerator<SourceItem> {
  const firstNames = new Map<string, BytePath>();
  for await (const found of walkTree(walk)) {
    yield { found, past: await past?.at(found.path), linkTo: linkTarget(firstNames, found) };
  }
}

/** Names after the first of a file with several names become hard links to the first. */
function linkTarget(firstNames: Map<string, BytePath>, { facts, path }: FoundPath): BytePath | undefined {
  if (!facts.isFile() || facts.nlink < 2n) return undefined;
  const inode = `${facts.dev}:${facts.ino}`;
  const first = firstNames.get(inode);
  if (first === undefined) firstNames.set(inode, path);
  return first;
}

/** When the name that was to carry the content is lost, a link to it would be a promise without content. */
function withoutDanglingLink(lostNames: Set<string>, item: SourceItem, outcome: SourceOutcome): SourceOutcome {
  const { path } = item.found;
  if (outcome.entry === undefined) lostNames.add(path.toString('latin1'));
  if (item.linkTo === undefined || !lostNames.has(item.linkTo.toString('latin1'))) return outcome;
  const reason = `same file as ${displayPath(item.linkTo)}`;
  return { problem: { path: displayPath(path), code: 'vault.file-unreadable', reason } };
}

function trustBefore(parent: Snapshot | undefined): bigint {
  return parent === undefined ? 0n : BigInt(Date.parse(parent.startedAt)) * 1_000_000n - CLOCK_GRAIN_NS;
}

function count(run: Run, outcome: SourceOutcome): void {
  const { totals } = run;
  if (outcome.problem !== undefined) run.problems.push(outcome.problem);
  if (outcome.special === true) totals.special += 1;
  if (outcome.reused === true) run.reusedFiles += 1;
  if (outcome.entry?.type === 'directory') totals.directories += 1;
  if (outcome.entry?.type === 'symlink' || outcome.entry?.type === 'hardlink') totals.links += 1;
  if (outcome.entry?.type !== 'file') return;
  totals.files += 1;
  totals.bytes += outcome.entry.size;
}

function report(run: Run): void {
  run.request.onProgress?.({
    files: run.totals.files,
    bytes: run.totals.bytes,
    readBytes: run.readBytes,
    newBytes: run.store.added.bytes,
    problems: run.problems.length,
    path: run.path,
  });
}
