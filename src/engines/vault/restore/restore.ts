/** Restoring a snapshot, or part of it, into a folder. */
import { mkdir, open, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';

import { drain, mapInOrder } from '../concurrent.ts';
import { type BytePath, comparePaths } from '../format/byte-path.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { resolveSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import type { TreeEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';
import { createPathFilter } from '../source/exclude.ts';
import { decide } from './conflict.ts';
import { type ExtraPaths, removeExtra } from './extra-paths.ts';
import { createNameClashes, foldsNames } from './name-clashes.ts';
import { placeEntry, placeLink } from './place-entry.ts';
import { createMetadataRestorer, type MetadataRestorer, restoreMetadata } from './restore-metadata.ts';
import type { RestoreRequest, RestoreResult } from './restore-request.ts';
import { attempt, keyOf, type RestoreRun, report } from './restore-run.ts';
import { createRestoreTarget, type RestoreTarget } from './restore-target.ts';
import { createSyncLater, type SyncLater } from './sync-later.ts';

/** Small files wait for the disk, not for each other. */
const FILES_AT_ONCE = 4;

/**
 * @throws KuraError conflict `vault.target-exists` (nothing was written), refused `vault.path-escapes`, and those of
 * reading the snapshot. Damage to single files is collected in `problems`.
 */
export async function restore(context: VaultContext, request: RestoreRequest): Promise<RestoreResult> {
  const started = context.clock.monotonic();
  const signal = request.signal ?? new AbortController().signal;
  const snapshot = await resolveSnapshot(context.storage, context.codec, request.snapshot, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  await using target = createRestoreTarget(Buffer.from(resolve(request.target)));
  const metadata = await createMetadataRestorer(request.owners);
  const later = createSyncLater(metadata.libc, target.root);
  const run = startRun({ context, store, snapshot, request, target, metadata, later });
  function entries(): AsyncGenerator<TreeEntry> {
    return readTreeList(context, store, snapshot.list, signal);
  }
  const listed = await lookFirst(run, entries());
  if (request.dryRun !== true) await prepareRoot(run, entries);
  await restoreAll(run, listed ?? entries());
  // Before anything is deleted.
  await later.finish();
  const extra = await removeUnlessDamaged(run, entries);
  if (request.dryRun !== true) await finish(run);
  return {
    snapshot,
    result: run.problems.length === 0 ? 'complete' : 'partial',
    ...run.counts,
    deleted: extra.count,
    deletedPaths: extra.first,
    problems: run.problems,
    notes: metadata.notes.all(),
    torn: run.torn,
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}

interface RunParts {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly snapshot: Snapshot;
  readonly request: RestoreRequest;
  readonly target: RestoreTarget;
  readonly metadata: MetadataRestorer;
  readonly later: SyncLater;
}

function startRun({ context, store, snapshot, request, target, metadata, later }: RunParts): RestoreRun {
  const run: RestoreRun = {
    request,
    snapshot,
    target,
    restorer: {
      context,
      store,
      signal: request.signal ?? new AbortController().signal,
      verify: request.verify ?? false,
      metadata,
      later,
      onWritten(count) {
        run.counts.bytes += count;
        report(run);
      },
    },
    included: inclusion(request),
    plan: { present: new Set(), linkTargets: new Set(), clashing: new Set() },
    folders: [],
    links: [],
    linkedFiles: new Map(),
    problems: [],
    torn: [],
    counts: { files: 0, unchanged: 0, bytes: 0, skipped: 0, renamed: 0 },
    path: '',
  };
  return run;
}

function inclusion({ include, exclude }: RestoreRequest): RestoreRun['included'] {
  const left = withContents(exclude ?? []);
  if (include === undefined) return (path) => !left(path);
  const wanted = withContents(include);
  return (path) => wanted(path) && !left(path);
}

/** Matches what the patterns match, and everything below it. */
function withContents(patterns: readonly string[]): (path: BytePath) => boolean {
  const rooted = patterns.map((pattern) => pattern.replace(/\/+$/, ''));
  return createPathFilter(rooted.flatMap((pattern) => [pattern, `${pattern}/**`]));
}

/** Entries and chunks of a list that is kept from the first look to the second: some 10 MiB. Large files have many chunks. */
const MOST_KEPT = 50_000;

/** The whole list is looked at before the first byte is written. @returns its entries, unless they are many. */
async function lookFirst(
  run: RestoreRun,
  entries: AsyncGenerator<TreeEntry>,
): Promise<readonly TreeEntry[] | undefined> {
  const listed: TreeEntry[] = [];
  let kept = 0;
  let found = false;
  const refuses = (run.request.conflict ?? 'refuse') === 'refuse' && !(await isEmptyOrMissing(run.target.root));
  for await (const entry of entries) {
    run.target.absolute(entry.path);
    kept += 1 + (entry.type === 'file' ? entry.chunks.length : 0);
    if (kept <= MOST_KEPT) listed.push(entry);
    if (!run.included(entry.path)) continue;
    found = true;
    if (entry.type === 'hardlink') run.plan.linkTargets.add(keyOf(entry.target));
    if (entry.type !== 'directory' && refuses) await refuseConflict(run, entry);
  }
  if (found || (run.request.include === undefined && run.request.exclude === undefined)) {
    return kept <= MOST_KEPT ? listed : undefined;
  }
  const include = (run.request.include ?? []).join(', ');
  throw new KuraError('not-found', 'vault.nothing-matches', { params: { include } });
}

/** Nothing can be in the way there, and nobody needs to look for it path by path. */
async function isEmptyOrMissing(folder: Buffer): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    if (systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** What is there already is remembered, so that it is not read a second time. */
async function refuseConflict(run: RestoreRun, entry: TreeEntry): Promise<void> {
  // Links are compared with what they point to when that is in place.
  if (entry.type === 'hardlink') return;
  const { kind } = await decide(run, entry);
  if (kind === 'present') run.plan.present.add(keyOf(entry.path));
}

async function prepareRoot(run: RestoreRun, entries: () => AsyncGenerator<TreeEntry>): Promise<void> {
  await mkdir(run.target.root, { recursive: true });
  if (!(await foldsNames(run.target.root))) return;
  const clashes = createNameClashes();
  for await (const { type, path } of entries()) {
    if (type !== 'directory' && run.included(path) && clashes.isTaken(path)) run.plan.clashing.add(keyOf(path));
  }
}

async function restoreAll(run: RestoreRun, entries: AsyncIterable<TreeEntry> | Iterable<TreeEntry>): Promise<void> {
  const placed = mapInOrder(entries, FILES_AT_ONCE, (entry) => attempt(run, entry, () => placeEntry(run, entry)));
  await drain(placed);
  for (const entry of run.links) await attempt(run, entry, () => placeLink(run, entry));
}

/** What may be the last copy of something is kept when the restore was not complete. */
async function removeUnlessDamaged(run: RestoreRun, entries: () => AsyncGenerator<TreeEntry>): Promise<ExtraPaths> {
  const wanted = run.request.deleteExtra === true && run.problems.length === 0;
  return wanted ? await removeExtra(run, entries()) : { count: 0, first: [] };
}

/** Metadata of folders comes last: creating files in them would change it, or be forbidden by it. */
async function finish(run: RestoreRun): Promise<void> {
  run.folders.sort((one, other) => comparePaths(other.path, one.path));
  for (const entry of run.folders) {
    await attempt(run, entry, () =>
      run.target.inFolder(entry.path, async (path) => restoreMetadata(run.restorer.metadata, entry, path)),
    );
  }
  if (process.platform === 'win32') return;
  await using root = await open(run.target.root, 'r');
  await root.sync();
}
