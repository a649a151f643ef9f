/** Sound chunks in place of damaged ones: from this repository, from a second one, from the folders themselves. */
import { isKuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { readPieces } from '../format/content.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { sessionFor, type VaultContext } from '../repository/vault-context.ts';
import { listSnapshots } from '../snapshot/snapshot.ts';
import type { FileEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';
import { readSourceFile, SourceUnreadable } from '../source/read-source-file.ts';
import type { Healing } from './healing.ts';
import { placesByFile, salvagePack, soundBlobs } from './salvage.ts';
import type { WantedContents, WantedFile } from './wanted-files.ts';

export interface Search {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly healing: Healing;
  readonly signal: AbortSignal;
}

/** Further places of the same blob, and packs whose directory is lost. */
export async function healFromInside(
  { context, store, healing, signal }: Search,
  lengths: ReadonlyMap<BlobId, number>,
): Promise<void> {
  for (const [key, blobs] of placesByFile(store, ({ id }) => healing.wanted.has(id))) {
    for (const blob of await soundBlobs(context, key, { blobs, signal })) await healing.offer(found(blob), 'inside');
  }
  for (const error of store.damagedPacks) {
    const key = String(error.params['object']);
    const wanted = new Map([...lengths].filter(([id]) => healing.wanted.has(id)));
    for (const blob of await salvagePack(context, key, { lengths: wanted, signal })) {
      await healing.offer(found(blob), 'inside');
    }
  }
}

/** A copy of the whole repository has the same chunks; any other one may have the same files. */
export async function healFromRepository(search: Search, from: VaultContext, files: () => Promise<WantedContents>) {
  const { signal, healing } = search;
  const theirs = await loadBlobStore(from.storage, from.codec, signal);
  if (sharesIds(search.context, from)) await healById(search, from, theirs);
  if (healing.wanted.size === 0) return;
  const contents = new Set((await files()).files.map(({ entry }) => entry.sha256));
  const { snapshots } = await listSnapshots(from.storage, from.codec, signal);
  for (const snapshot of snapshots.toReversed()) {
    if (contents.size === 0 || healing.wanted.size === 0) return;
    await tolerantly(signal, async () => {
      for await (const entry of readTreeList(from, theirs, snapshot.list, signal)) {
        if (entry.type !== 'file' || !contents.has(entry.sha256)) continue;
        await tolerantly(signal, async () => {
          await offerContent(search, { from, theirs, entry });
          contents.delete(entry.sha256);
        });
      }
    });
  }
}

/** The files as they lie in the folders that were backed up; what changed since fits nowhere and is left out. */
export async function healFromSource(search: Search, files: readonly WantedFile[]): Promise<void> {
  const { context, store, healing, signal } = search;
  // Read as a backup would read them, with the store that a backup has; it only keeps what is wanted.
  const healingStore: BlobStore = { ...store, put: (chunk) => healing.offer(chunk, 'source') };
  for (const { snapshot, entry } of files) {
    if (snapshot.host !== context.host || !entry.chunks.some(({ id }) => healing.wanted.has(id))) continue;
    const path = Buffer.concat([Buffer.from(`${snapshot.source}/`), entry.path]);
    try {
      await readSourceFile({ context, store: healingStore, signal, onRead() {} }, path);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceUnreadable)) throw error;
    }
  }
}

async function healById({ context, healing, signal }: Search, from: VaultContext, theirs: BlobStore): Promise<void> {
  for (const id of healing.wanted) {
    await tolerantly(signal, async () => {
      using reading = sessionFor(from, theirs.placeOf(id)?.length ?? 0);
      const plain = await reading.open('chunk', id, await theirs.read(id, signal));
      using writing = sessionFor(context, plain.byteLength);
      await healing.offer(await writing.identify(Uint8Array.from(plain)), 'repository');
    });
  }
}

async function offerContent(
  { context, healing, signal }: Search,
  { from, theirs, entry }: { from: VaultContext; theirs: BlobStore; entry: FileEntry },
): Promise<void> {
  using session = sessionFor(context, entry.size);
  for await (const plain of readPieces(from, theirs, entry, signal)) {
    await healing.offer(await session.identify(Uint8Array.from(plain)), 'repository');
  }
}

/** Ids are keyed by the repository; without encryption they are the same everywhere. */
function sharesIds(one: VaultContext, other: VaultContext): boolean {
  const open = one.config.encryption === 'none' && other.config.encryption === 'none';
  return open || one.config.id === other.config.id;
}

function found({ id, sealed }: { readonly id: BlobId; readonly sealed: Uint8Array }) {
  return { id, seal: async () => sealed, forget() {} };
}

/** The helper may be damaged itself: what it cannot give is left out. */
async function tolerantly(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
  }
}
