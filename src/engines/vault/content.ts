/** Contents in and out of the blob store: cut into chunks, hashed on the way, checked on the way back. */
import { KuraError } from '#kernel/errors';

import type { BlobSession } from './blob-session.ts';
import type { BlobStore } from './blob-store.ts';
import { mapInOrder } from './concurrent.ts';
import type { ChunkRef, Content } from './tree-entry.ts';
import { sessionFor, type VaultContext } from './vault-context.ts';

export interface ContentWriter {
  /** `bytes` belongs to the writer afterwards; every call but the last brings a full chunk. */
  add(bytes: Uint8Array): Promise<void>;
  finish(): Promise<Content>;
}

export function createContentWriter(store: BlobStore, session: BlobSession, signal: AbortSignal): ContentWriter {
  const chunks: ChunkRef[] = [];
  let size = 0;
  return {
    async add(bytes) {
      signal.throwIfAborted();
      size += bytes.byteLength;
      chunks.push(await store.put(await session.identify(bytes), signal));
    },
    finish: async () => ({ size, sha256: await session.finish(), chunks }),
  };
}

/**
 * The chunks of a content, each authenticated before it is handed out; the SHA-256 of the whole is compared at the end.
 * @throws KuraError not-found `vault.object-missing`, mismatch `vault.object-damaged` | `vault.content-mismatch`.
 */
export async function* readContent(
  context: Pick<VaultContext, 'codec' | 'workers'>,
  store: BlobStore,
  content: Content,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  using session = sessionFor(context, content.size);
  let size = 0;
  // One chunk is read ahead while the one before is opened.
  const stored = mapInOrder(content.chunks, 2, async (chunk) => {
    signal.throwIfAborted();
    return { id: chunk.id, sealed: await store.read(chunk.id, signal) };
  });
  for await (const { id, sealed } of stored) {
    const plain = await session.open('chunk', id, sealed);
    size += plain.byteLength;
    yield plain;
  }
  if (size !== content.size || (await session.finish()) !== content.sha256) {
    throw new KuraError('mismatch', 'vault.content-mismatch', { params: { sha256: content.sha256 } });
  }
}
