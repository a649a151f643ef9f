/** Contents on their way back out of the blob store: every chunk authenticated, the whole compared. */
import { KuraError } from '#kernel/errors';
import { mapInOrder } from '../concurrent.ts';
import type { BlobSession } from '../objects/blob-session.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { ChunkMemory } from '../objects/chunk-memory.ts';
import { sessionFor, type VaultContext } from '../repository/vault-context.ts';
import type { ChunkRef, Content } from '../snapshot/tree-entry.ts';
import type { BlobId } from './blob.ts';

export type ContentContext = Pick<VaultContext, 'codec' | 'workers'>;

/**
 * The chunks of a content, each authenticated before it is handed out; the SHA-256 of the whole is compared at the end.
 * @throws KuraError not-found `vault.object-missing`, mismatch `vault.object-damaged` | `vault.content-mismatch`.
 */
export async function* readContent(
  context: ContentContext,
  store: BlobStore,
  content: Content,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  using session = sessionFor(context, content.size);
  const pieces = openPieces({ session, store, memory: context.workers.memory, whole: true }, content, signal);
  for await (const piece of pieces) yield piece.slice();
}

/**
 * As `readContent`, but a piece is good only until the next one is asked for: its memory is used again. Each is proven by its
 * id, a hash of what was read from the source; the SHA-256 of the whole, three times as dear, is left to who wants it.
 */
export async function* readPieces(
  context: ContentContext,
  store: BlobStore,
  content: Content,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  using session = sessionFor(context, content.size, { digest: false });
  yield* openPieces({ session, store, memory: context.workers.memory, whole: false }, content, signal);
}

export interface PieceReader {
  readonly session: BlobSession;
  readonly store: BlobStore;
  readonly memory: ChunkMemory;
  /** Compare the SHA-256 of the whole, which the session must have taken. */
  readonly whole: boolean;
}

/**
 * A content of one chunk, in this thread; good until `done` is called, once. Most files are such, and a generator with its
 * promises takes longer than they do. @throws as `readContent`.
 */
export async function readSinglePiece(
  { codec, workers: { memory } }: ContentContext,
  store: BlobStore,
  content: Content,
  signal: AbortSignal,
): Promise<{ readonly plain: Uint8Array; done(): void }> {
  const [chunk] = content.chunks;
  if (chunk === undefined || content.chunks.length > 1) throw contentMismatch(content);
  const sealed = await readSealed(memory, store, chunk, signal);
  const into = memory.take(content.size);
  function done(): void {
    memory.give(into);
    memory.give(sealed);
  }

  try {
    const plain = codec.open('chunk', chunk.id, sealed, { room: memory.roomOf(sealed), into });
    if (plain.byteLength !== content.size) throw contentMismatch(content);
    return { plain, done };
  } catch (error) {
    done();
    throw error;
  }
}

/** As `readPieces`, in a session of the caller's. */
export async function* openPieces(
  { session, store, memory, whole }: PieceReader,
  content: Content,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  // One chunk is read ahead while the one before is opened.
  const stored = mapInOrder(content.chunks, 2, async (chunk) => {
    signal.throwIfAborted();
    return { id: chunk.id, sealed: await readSealed(memory, store, chunk, signal) };
  });
  for await (const { id, sealed } of stored) {
    const plain = await openSealed({ session, memory }, id, sealed);
    size += plain.byteLength;
    yield plain;
    session.release(plain);
    if (session.isInline) memory.give(sealed);
  }
  if (size !== content.size || (whole && (await session.finish()) !== content.sha256)) {
    throw contentMismatch(content);
  }
}

function contentMismatch({ sha256 }: Content): KuraError {
  return new KuraError('mismatch', 'vault.content-mismatch', { params: { sha256 } });
}

/** Opens what `readSealed` gave; the memory of what is damaged goes back. */
export async function openSealed(
  { session, memory }: Pick<PieceReader, 'session' | 'memory'>,
  id: BlobId,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  try {
    return await session.open('chunk', id, sealed);
  } catch (error) {
    // A session in another thread has given it back itself.
    if (session.isInline) memory.give(sealed);
    throw error;
  }
}

/** A stored chunk, in memory to be opened in and given back afterwards: by the session, or by the caller of an inline one. */
export async function readSealed(
  memory: ChunkMemory,
  store: BlobStore,
  { id, storedBytes }: ChunkRef,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const into = memory.take(storedBytes);
  let sealed: Uint8Array;
  try {
    sealed = await store.read(id, signal, into);
  } catch (error) {
    // An aborted read may still be writing into it.
    if (!signal.aborted) memory.give(into);
    throw error;
  }
  if (sealed.buffer !== into.buffer) memory.give(into);
  return sealed;
}
