/** Where a content or a name lies in all snapshots. */
import type { Sha256 } from '#kernel/brands';
import { isKuraError } from '#kernel/errors';

import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { listSnapshots, type Snapshot } from '../snapshot/snapshot.ts';
import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';
import { createPathFilter } from '../source/exclude.ts';

export interface FoundFile {
  readonly snapshot: Snapshot;
  readonly entry: FileEntry;
}

export interface FoundEntry {
  readonly snapshot: Snapshot;
  readonly entry: TreeEntry;
}

export async function* findFiles(
  context: VaultContext,
  sha256: Sha256,
  signal: AbortSignal,
): AsyncGenerator<FoundFile> {
  for await (const { snapshot, entry } of allEntries(context, signal)) {
    if (entry.type === 'file' && entry.sha256 === sha256) yield { snapshot, entry };
  }
}

/** `pattern` as for exclude: a name at any depth, or a path when it contains `/`. */
export async function* findPaths(
  context: VaultContext,
  pattern: string,
  signal: AbortSignal,
): AsyncGenerator<FoundEntry> {
  const matches = createPathFilter([pattern]);
  for await (const found of allEntries(context, signal)) if (matches(found.entry.path)) yield found;
}

/** Newest snapshot first. */
async function* allEntries(context: VaultContext, signal: AbortSignal): AsyncGenerator<FoundEntry> {
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  for (const snapshot of snapshots.toReversed()) yield* entriesIn(context, { store, snapshot, signal });
}

async function* entriesIn(
  context: VaultContext,
  { store, snapshot, signal }: { store: BlobStore; snapshot: Snapshot; signal: AbortSignal },
): AsyncGenerator<FoundEntry> {
  try {
    for await (const entry of readTreeList(context, store, snapshot.list, signal)) yield { snapshot, entry };
  } catch (error) {
    // One damaged list must not hide what the other snapshots hold; verify reports it.
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
  }
}
