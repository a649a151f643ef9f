/**
 * A backup run. Contents first, then the file list, then everything is made durable, and last of all the snapshot: at
 * no moment does a snapshot refer to something that is not there, and what was stored before an interruption is found
 * and reused by the next run.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { nowInstant } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';

import { createGate, mapBatchesInOrder } from '../concurrent.ts';
import { createFolderAnchor } from '../file-system/folder-anchor.ts';
import { openLibc } from '../file-system/libc.ts';
import { createQuickTurns } from '../file-system/quick-turns.ts';
import { displayPath } from '../format/byte-path.ts';
import { loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import { createParentLines, type ParentLines } from '../snapshot/parent-lines.ts';
import { listSnapshots, type Snapshot } from '../snapshot/snapshot.ts';
import { createTreeListWriter, readLines, type TreeListWriter } from '../snapshot/tree-list.ts';
import type { SelectionRules } from '../source/selection.ts';
import {
  type EntryMaker,
  makeEntry,
  type SourceItem,
  type SourceOutcome,
  unchangedEntry,
} from '../source/source-entry.ts';
import type { BackupRequest, BackupResult } from './backup-request.ts';
import {
  countOutcome,
  emptyCounts,
  type FolderRun,
  noteSpecial,
  reportProgress,
  warnOfEmptiedSource,
} from './backup-run.ts';
import { concludeRun } from './conclude-run.ts';
import { sourceItems, walkOf, withoutDanglingLink } from './source-items.ts';

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
  const run: FolderRun = { context, store, signal, source, startedAt, parent, request, ...emptyCounts() };
  const list = await storeTree(run);
  warnOfEmptiedSource(run);
  const rules = { exclude: request.exclude ?? [], ...rulesOf(request) };
  return await concludeRun(run, { lock, list, started, rules });
}

/** A source that is not there must never look like an empty one. */
async function requireFolder(source: string): Promise<void> {
  const facts = await stat(source).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new KuraError('not-found', 'vault.source-missing', { params: { source }, cause: error });
  });
  if (!facts.isDirectory()) throw new KuraError('invalid', 'vault.source-not-a-folder', { params: { source } });
}

/** The newest readable snapshot of the same source on the same machine. */
export async function findParent(
  context: VaultContext,
  source: string,
  signal: AbortSignal,
): Promise<Snapshot | undefined> {
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  return snapshots.findLast((snapshot) => snapshot.source === source && snapshot.host === context.host);
}

async function storeTree(run: FolderRun) {
  await using list = createTreeListWriter(run.context, run.store, run.signal);
  const past = run.parent && createParentLines(readLines(run.context, run.store, run.parent.list, run.signal));
  try {
    await storeEntries(run, list, past);
  } finally {
    await past?.close();
  }
  return await list.finish();
}

async function storeEntries(run: FolderRun, list: TreeListWriter, past: ParentLines | undefined): Promise<void> {
  const gate = createGate(READERS);
  const libc = await openLibc();
  if (libc === undefined) run.notes.push({ code: 'vault.attributes-not-kept', path: '' });
  await using anchor = createFolderAnchor({ root: Buffer.from(run.source), create: false });
  const maker: EntryMaker = {
    context: run.context,
    store: run.store,
    signal: run.signal,
    trustBeforeNs: trustBefore(run.parent),
    libc,
    pastHasAttributes: hasAttributes(run.parent),
    turns: createQuickTurns(),
    onRead(count) {
      run.readBytes += count;
      reportProgress(run);
    },
  };
  const items = sourceItems(run, await walkOf(run, anchor), past);
  const outcomes = mapBatchesInOrder(items, LOOK_AHEAD, (item): Made | Promise<Made> => {
    const unchanged = unchangedEntry(maker, item);
    return unchanged === undefined ? gate.run(() => madeOf(maker, item)) : { item, outcome: unchanged };
  });
  const lostNames = new Set<string>();
  for await (const batch of outcomes) {
    for (const { item, outcome } of batch) {
      const sound = withoutDanglingLink(lostNames, item, outcome);
      const full = sound.entry && list.add(sound.entry, sound.line);
      if (full !== undefined) await full;
      run.path = displayPath(item.found.path);
      countOutcome(run, sound);
      if (sound.special === true) noteSpecial(run, run.path);
      reportProgress(run);
    }
  }
}

interface Made {
  readonly item: SourceItem;
  readonly outcome: SourceOutcome;
}

async function madeOf(maker: EntryMaker, item: SourceItem): Promise<Made> {
  return { item, outcome: await makeEntry(maker, item) };
}

function trustBefore(parent: Snapshot | undefined): bigint {
  return parent === undefined ? 0n : BigInt(Date.parse(parent.startedAt)) * 1_000_000n - CLOCK_GRAIN_NS;
}

/** Whether attributes of all paths could be read when it was made. */
function hasAttributes(parent: Snapshot | undefined): boolean {
  if (parent === undefined) return false;
  const { notes = [], problems } = parent;
  return ![...notes, ...problems].some(({ code }) => withoutAttributes.has(code));
}

const withoutAttributes: ReadonlySet<string> = new Set(['vault.attributes-not-kept', 'vault.attributes-unreadable']);

/** The rules besides `exclude`, as far as they were given. */
function rulesOf({ excludeCaches, excludeLargerThan, oneFileSystem }: BackupRequest): Omit<SelectionRules, 'exclude'> {
  return {
    ...(excludeCaches === true ? { excludeCaches } : {}),
    ...(excludeLargerThan === undefined ? {} : { excludeLargerThan }),
    ...(oneFileSystem === true ? { oneFileSystem } : {}),
  };
}
