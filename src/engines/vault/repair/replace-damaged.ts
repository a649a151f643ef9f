/** Getting rid of damaged stored files once everything sound in them lies elsewhere. */
import type { BlobId } from '../format/blob.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { WriterLock } from '../repository/writer-lock.ts';
import type { Healing } from './healing.ts';
import { placesByFile, soundBlobs } from './salvage.ts';

export interface Replacing {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly healing: Healing;
  readonly lock: WriterLock;
  readonly signal: AbortSignal;
}

/**
 * Stored files that hold one of the hurt blobs, and packs without a readable end. Their sound blobs are written into new
 * packs first. What is damaged beyond healing is gone afterwards: it could not be opened, and as long as it lies there a
 * backup that still has the file takes it for stored.
 */
export async function replaceDamaged(
  { context, store, healing, lock, signal }: Replacing,
  hurt: ReadonlySet<BlobId>,
  damagedPacks: readonly string[],
): Promise<readonly string[]> {
  const damaged = new Set([...damagedPacks, ...placesByFile(store, ({ id }) => hurt.has(id)).keys()]);
  const rest = placesByFile(store, ({ id, place }) => damaged.has(place.key) && !healing.healed.has(id));
  for (const [key, blobs] of rest) {
    for (const { id, sealed } of await soundBlobs(context, key, { blobs, signal })) {
      await healing.take(id, sealed);
    }
  }
  await healing.flush();
  await lock.confirm();
  const removed = [...damaged].filter((key) => !healing.written.has(key));
  for (const key of removed) await context.storage.remove(key, signal);
  await context.storage.sync(signal);
  return removed;
}
