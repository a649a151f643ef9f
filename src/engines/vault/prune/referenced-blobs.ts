import { KuraError } from '#kernel/errors';

import { BlobSet } from '../objects/blob-set.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { listSnapshots, type Snapshot } from '../snapshot/snapshot.ts';
import { readTreeList } from '../snapshot/tree-list.ts';

/**
 * Every blob that some snapshot refers to.
 * @throws KuraError mismatch `vault.prune-unsafe` when a snapshot or its list cannot be read: nobody knows what it needs.
 */
export async function referencedBlobs(context: VaultContext, store: BlobStore, signal: AbortSignal): Promise<BlobSet> {
  const { snapshots, damaged } = await listSnapshots(context.storage, context.codec, signal);
  const [unreadable] = damaged;
  if (unreadable !== undefined) throw unsafe(String(unreadable.params['object']), unreadable);
  const referenced = new BlobSet(store);
  const seenLists = new Set<string>();
  for (const snapshot of snapshots) {
    for (const { id } of snapshot.list.chunks) referenced.add(id);
    // Unchanged trees share one list.
    const list = JSON.stringify(snapshot.list.chunks);
    if (seenLists.has(list)) continue;
    seenLists.add(list);
    await addReferences(context, store, { snapshot, referenced, signal });
  }
  return referenced;
}

async function addReferences(
  context: VaultContext,
  store: BlobStore,
  { snapshot, referenced, signal }: { snapshot: Snapshot; referenced: BlobSet; signal: AbortSignal },
): Promise<void> {
  try {
    for await (const entry of readTreeList(context, store, snapshot.list, signal)) {
      signal.throwIfAborted();
      if (entry.type === 'file') for (const { id } of entry.chunks) referenced.add(id);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unsafe(`snapshots/${snapshot.id}`, error);
  }
}

function unsafe(object: string, cause: unknown): KuraError {
  return new KuraError('mismatch', 'vault.prune-unsafe', { params: { object }, cause });
}
