import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { listSnapshots } from '../snapshot/snapshot.ts';
import { type Coverage, coverageOf, readLedger } from '../verify/checked-ledger.ts';
import type { VaultContext } from './vault-context.ts';

export interface VaultStats {
  readonly snapshots: number;
  readonly damagedSnapshots: number;
  /** Sum of all files of all snapshots: what they would take without sharing and compression. */
  readonly snapshotBytes: number;
  /** Chunks, whether in packs or alone. */
  readonly objects: number;
  /** Files in the repository that hold chunks. */
  readonly storedFiles: number;
  readonly storedBytes: number;
  readonly freeBytes: number | undefined;
  /** How much of it was ever read back. */
  readonly coverage: Coverage;
}

export async function statsOf(context: VaultContext, signal: AbortSignal): Promise<VaultStats> {
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const { snapshots, damaged } = await listSnapshots(context.storage, context.codec, signal);
  const ledger = await readLedger(context, signal);
  return {
    snapshots: snapshots.length,
    damagedSnapshots: damaged.length,
    snapshotBytes: snapshots.reduce((sum, { totals }) => sum + totals.bytes, 0),
    objects: count(store.ids()),
    storedFiles: store.items.length,
    storedBytes: storedBytes(store),
    freeBytes: await context.storage.freeBytes(signal),
    coverage: coverageOf(store.items, (item) => ledger.lastRead(item), undefined),
  };
}

function storedBytes(store: BlobStore): number {
  return store.items.reduce((sum, item) => sum + item.size, 0);
}

function count(items: Iterable<unknown>): number {
  let total = 0;
  for (const _ of items) total += 1;
  return total;
}
