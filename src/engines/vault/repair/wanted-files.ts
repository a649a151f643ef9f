import { isKuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';

export interface WantedFile {
  readonly snapshot: Snapshot;
  readonly entry: FileEntry;
}

export interface WantedContents {
  /** Files that need a wanted chunk, one of each content and place. */
  readonly files: readonly WantedFile[];
  /** How long the wanted chunks are as stored. */
  readonly lengths: ReadonlyMap<BlobId, number>;
}

/** Which contents the chunks are part of, as far as lists can be read. */
export async function wantedContents(
  context: VaultContext,
  store: BlobStore,
  { snapshots, wanted, signal }: { snapshots: readonly Snapshot[]; wanted: ReadonlySet<BlobId>; signal: AbortSignal },
): Promise<WantedContents> {
  const files = new Map<string, WantedFile>();
  const lengths = new Map<BlobId, number>();
  for (const snapshot of snapshots) {
    for (const chunk of snapshot.list.chunks) if (wanted.has(chunk.id)) lengths.set(chunk.id, chunk.storedBytes);
    try {
      for await (const entry of readTreeList(context, store, snapshot.list, signal)) {
        const chunks = entry.type === 'file' ? entry.chunks.filter(({ id }) => wanted.has(id)) : [];
        for (const { id, storedBytes } of chunks) lengths.set(id, storedBytes);
        if (entry.type !== 'file' || chunks.length === 0) continue;
        files.set(`${entry.sha256} ${snapshot.source} ${entry.path.toString('latin1')}`, { snapshot, entry });
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isKuraError(error)) throw error;
    }
  }
  return { files: [...files.values()], lengths };
}
