/** Chunks that are wanted again, and where sound ones are put until the damaged places are gone. */
import type { BlobId } from '../format/blob.ts';
import { createPackWriter } from '../format/pack.ts';
import type { IdentifiedChunk } from '../objects/blob-session.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { ChunkRef } from '../snapshot/tree-entry.ts';

export type HealedBy = 'inside' | 'repository' | 'source';

export interface Healing {
  /** Damaged or missing, and not healed yet. */
  readonly wanted: ReadonlySet<BlobId>;
  readonly healed: ReadonlyMap<BlobId, HealedBy>;
  /** Packs that were written here. */
  readonly written: ReadonlySet<string>;
  /** Takes the chunk when it is wanted; `seal` or `forget` has been called afterwards. */
  offer(chunk: IdentifiedChunk, by: HealedBy): Promise<ChunkRef>;
  /** Takes a blob that is known to open under this id, wanted or not. */
  take(id: BlobId, sealed: Uint8Array): Promise<void>;
  flush(): Promise<void>;
}

/** Everything goes into packs of its own: old places may be damaged, and must lose nothing before they go. */
export function createHealing(
  context: VaultContext,
  hurt: Iterable<BlobId>,
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal },
): Healing {
  const wanted = new Set(hurt);
  const healed = new Map<BlobId, HealedBy>();
  const written = new Set<string>();
  const packs = createPackWriter(context.storage, context.codec, ({ key }) => written.add(key));

  async function take(id: BlobId, sealed: Uint8Array): Promise<void> {
    if (!dryRun) await packs.add({ id, sealed }, signal);
  }

  return {
    wanted,
    healed,
    written,
    take,
    async offer(chunk, by) {
      // First: the same chunk may be offered twice at the same time.
      if (!wanted.delete(chunk.id)) {
        chunk.forget();
        return { id: chunk.id, storedBytes: 0 };
      }
      const sealed = await chunk.seal();
      await take(chunk.id, sealed);
      healed.set(chunk.id, by);
      return { id: chunk.id, storedBytes: sealed.byteLength };
    },
    async flush() {
      if (dryRun) return;
      await packs.flush(signal);
      await context.storage.sync(signal);
    },
  };
}
