/** Restoring a snapshot, or part of it, into a folder. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { isKuraError, KuraError, toKuraError } from '#kernel/errors';

import { type BlobStore, loadBlobStore } from './blob-store.ts';
import { type BytePath, comparePaths, displayPath } from './byte-path.ts';
import { drain, mapInOrder } from './concurrent.ts';
import { createPathFilter } from './exclude.ts';
import {
  type EntryRestorer,
  finishFolder,
  restoreFileTo,
  restoreHardlink,
  restoreSymlink,
  syncFolder,
} from './restore-entry.ts';
import { createRestoreTarget, type RestoreTarget } from './restore-target.ts';
import { resolveSnapshot, type Snapshot } from './snapshot.ts';
import type { TreeEntry } from './tree-entry.ts';
import { readTreeList } from './tree-list.ts';
import type { VaultContext } from './vault-context.ts';

export interface RestoreRequest {
  /** `latest`, an id, or a unique beginning of one. */
  readonly snapshot: string;
  /** Folder to restore into; created when missing. */
  readonly target: string;
  /** Paths or patterns (as for exclude) of what to restore; everything when absent. A folder brings its contents. */
  readonly include?: readonly string[];
  /** What happens to files that are in the way: nothing is restored, they are replaced, or they stay. Default `refuse`. */
  readonly conflict?: 'refuse' | 'overwrite' | 'skip';
  /** Read each file back after writing and compare its SHA-256 (contents are always authenticated before writing). */
  readonly verify?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

export interface RestoreProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalFiles: number;
  readonly totalBytes: number;
  readonly path: string;
}

export interface RestoreProblem {
  readonly path: string;
  readonly error: KuraError;
}

export interface RestoreResult {
  readonly snapshot: Snapshot;
  readonly result: 'complete' | 'partial';
  readonly files: number;
  readonly bytes: number;
  readonly skipped: number;
  /** Paths that are not, or not completely, restored; none of them carries wrong content. */
  readonly problems: readonly RestoreProblem[];
  /** Restored files whose content changed while they were backed up. */
  readonly torn: readonly string[];
  readonly seconds: number;
}

/** Small files wait for their fsync, not for each other. */
const FILES_AT_ONCE = 4;

interface Run {
  readonly request: RestoreRequest;
  readonly snapshot: Snapshot;
  readonly target: RestoreTarget;
  readonly restorer: EntryRestorer;
  readonly included: (path: BytePath) => boolean;
  /** Links are made, and folders get mode and time, when all files are there. */
  readonly folders: TreeEntry[];
  readonly links: TreeEntry[];
  readonly problems: RestoreProblem[];
  readonly torn: string[];
  files: number;
  bytes: number;
  skipped: number;
  path: string;
}

/**
 * @throws KuraError conflict `vault.target-exists` (nothing was written), refused `vault.path-escapes`, and those of
 * reading the snapshot. Damage to single files is collected in `problems`.
 */
export async function restore(context: VaultContext, request: RestoreRequest): Promise<RestoreResult> {
  const started = context.clock.monotonic();
  const signal = request.signal ?? new AbortController().signal;
  const snapshot = await resolveSnapshot(context.storage, context.codec, request.snapshot, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const run = startRun(context, store, snapshot, request);
  await checkFirst(run, entriesOf(context, store, run));
  await mkdir(run.target.root, { recursive: true });
  const restored = mapInOrder(entriesOf(context, store, run), FILES_AT_ONCE, (entry) =>
    attempt(run, entry, () => restoreEntry(run, entry)),
  );
  await drain(restored);
  for (const entry of run.links) await attempt(run, entry, () => restoreLink(run, entry));
  run.folders.sort((one, other) => comparePaths(other.path, one.path));
  for (const entry of run.folders) await attempt(run, entry, () => finishFolder(run.target, entry));
  await syncFolder(run.target.root);
  return {
    snapshot,
    result: run.problems.length === 0 ? 'complete' : 'partial',
    files: run.files,
    bytes: run.bytes,
    skipped: run.skipped,
    problems: run.problems,
    torn: run.torn,
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}

function startRun(context: VaultContext, store: BlobStore, snapshot: Snapshot, request: RestoreRequest): Run {
  const run: Run = {
    request,
    snapshot,
    target: createRestoreTarget(Buffer.from(resolve(request.target))),
    restorer: {
      context,
      store,
      signal: request.signal ?? new AbortController().signal,
      verify: request.verify ?? false,
      onWritten(count) {
        run.bytes += count;
        report(run);
      },
    },
    included: inclusion(request.include),
    folders: [],
    links: [],
    problems: [],
    torn: [],
    files: 0,
    bytes: 0,
    skipped: 0,
    path: '',
  };
  return run;
}

function inclusion(patterns: readonly string[] | undefined): Run['included'] {
  if (patterns === undefined) return () => true;
  const rooted = patterns.map((pattern) => pattern.replace(/\/+$/, ''));
  return createPathFilter(rooted.flatMap((pattern) => [pattern, `${pattern}/**`]));
}

async function* entriesOf(context: VaultContext, store: BlobStore, run: Run): AsyncGenerator<TreeEntry> {
  for await (const entry of readTreeList(context, store, run.snapshot.list, run.restorer.signal)) {
    if (run.included(entry.path)) yield entry;
  }
}

/** The whole list is checked before the first byte is written. */
async function checkFirst(run: Run, entries: AsyncGenerator<TreeEntry>): Promise<void> {
  let found = false;
  for await (const entry of entries) {
    found = true;
    run.target.absolute(entry.path);
    if ((run.request.conflict ?? 'refuse') !== 'refuse' || entry.type === 'directory') continue;
    if ((await run.target.existing(entry.path)) === undefined) continue;
    throw new KuraError('conflict', 'vault.target-exists', {
      params: { path: displayPath(run.target.absolute(entry.path)) },
    });
  }
  if (!found && run.request.include !== undefined) {
    throw new KuraError('not-found', 'vault.nothing-matches', { params: { include: run.request.include.join(', ') } });
  }
}

async function restoreEntry(run: Run, entry: TreeEntry): Promise<void> {
  if (entry.type === 'directory') {
    await run.target.prepareFolder(entry.path);
    run.folders.push(entry);
    return;
  }
  if (entry.type !== 'file') {
    run.links.push(entry);
    return;
  }
  await run.target.prepareFolderOf(entry.path);
  if (await staysAsItIs(run, entry)) return;
  await restoreFileTo(run.restorer, entry, run.target.absolute(entry.path));
  run.files += 1;
  run.path = displayPath(entry.path);
  if (entry.torn) run.torn.push(run.path);
  report(run);
}

async function restoreLink(run: Run, entry: TreeEntry): Promise<void> {
  await run.target.prepareFolderOf(entry.path);
  if (await staysAsItIs(run, entry)) return;
  if (entry.type === 'symlink') await restoreSymlink(run.target, entry);
  if (entry.type === 'hardlink') await restoreHardlink(run.target, entry);
}

async function staysAsItIs(run: Run, entry: TreeEntry): Promise<boolean> {
  const existing = await run.target.existing(entry.path);
  if (existing === undefined) return false;
  if (run.request.conflict === 'skip') {
    run.skipped += 1;
    return true;
  }
  // A folder is never emptied to make room for a file.
  if (!existing.isDirectory() && run.request.conflict === 'overwrite') return false;
  throw new KuraError('conflict', 'vault.target-exists', {
    params: { path: displayPath(run.target.absolute(entry.path)) },
  });
}

/** One damaged file must not keep the others from coming back; a full disk or an interruption ends the run. */
async function attempt(run: Run, entry: TreeEntry, work: () => Promise<void>): Promise<void> {
  run.restorer.signal.throwIfAborted();
  try {
    await work();
  } catch (error) {
    run.restorer.signal.throwIfAborted();
    const known = toKuraError(error);
    if (known.kind === 'unavailable' || (!isKuraError(error) && known.kind === 'internal')) throw error;
    run.problems.push({ path: displayPath(entry.path), error: known });
  }
}

function report(run: Run): void {
  run.request.onProgress?.({
    files: run.files,
    bytes: run.bytes,
    totalFiles: run.snapshot.totals.files,
    totalBytes: run.snapshot.totals.bytes,
    path: run.path,
  });
}
