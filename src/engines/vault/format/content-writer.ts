/** Contents on their way into the blob store: cut into chunks, hashed as they pass. */
import type { BlobSession } from '../objects/blob-session.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { ChunkMemory } from '../objects/chunk-memory.ts';
import type { ChunkRef, Content } from '../snapshot/tree-entry.ts';
import type { Cutter } from './cut-by-content.ts';

export interface ContentWriter extends AsyncDisposable {
  /** `bytes` belongs to the writer afterwards. */
  add(bytes: Uint8Array): Promise<void>;
  finish(): Promise<Content>;
}

/** Chunks of one content under way: one is read while the one before is sealed and written. */
const WHOLE_AT_ONCE = 2;
const CUT_AT_ONCE = 8;

/** Each `add` is a chunk. Dispose it, so that nothing is still being written afterwards. */
export function createContentWriter(store: BlobStore, session: BlobSession, signal: AbortSignal): ContentWriter {
  return chunkWriter({ store, session, signal }, WHOLE_AT_ONCE);
}

export interface CutTarget extends Target {
  readonly cutter: Cutter;
  /** Where chunks for the session lie best; without it each is in memory of its own. */
  readonly memory?: ChunkMemory;
}

/** Chunks end where the content says, whatever pieces it comes in. */
export function createCutWriter({ cutter, memory, ...target }: CutTarget): ContentWriter {
  const { session } = target;
  const writer = chunkWriter(target, CUT_AT_ONCE);
  /** What is not cut yet, at the beginning of memory that grows to what it was asked for most. */
  let room = new Uint8Array();
  let filled = 0;

  function append(bytes: Uint8Array): void {
    const needed = filled + bytes.byteLength;
    if (needed > room.byteLength) {
      const larger = new Uint8Array(needed + cutter.lengths.most);
      larger.set(room.subarray(0, filled));
      room = larger;
    }
    room.set(bytes, filled);
    filled = needed;
  }

  /** Adds chunks while at least so many bytes are left. */
  async function cutDownTo(bytes: number): Promise<void> {
    let at = 0;
    while (filled - at > bytes) {
      const length = cutter.firstChunk(room.subarray(at, filled));
      const chunk = memory?.take(length) ?? new Uint8Array(length);
      chunk.set(room.subarray(at, at + length));
      await writer.add(chunk);
      at += length;
    }
    room.copyWithin(0, at, filled);
    filled -= at;
  }

  return {
    async add(bytes) {
      append(bytes);
      session.release(bytes);
      await cutDownTo(cutter.lengths.most);
    },
    async finish() {
      await cutDownTo(0);
      return await writer.finish();
    },
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

interface Target {
  readonly store: BlobStore;
  readonly session: BlobSession;
  readonly signal: AbortSignal;
}

function chunkWriter({ store, session, signal }: Target, atOnce: number): ContentWriter {
  const chunks: ChunkRef[] = [];
  const underWay: Promise<ChunkRef>[] = [];
  let size = 0;

  async function put(bytes: Uint8Array): Promise<ChunkRef> {
    return await store.put(await session.identify(bytes), signal);
  }

  async function takeFirst(): Promise<void> {
    const first = underWay.shift();
    if (first !== undefined) chunks.push(await first);
  }

  return {
    async add(bytes) {
      signal.throwIfAborted();
      size += bytes.byteLength;
      const chunk = put(bytes);
      // A failure is thrown when its turn comes; until then it is not "unhandled".
      chunk.catch(() => undefined);
      underWay.push(chunk);
      if (underWay.length >= atOnce) await takeFirst();
    },
    async finish() {
      while (underWay.length > 0) await takeFirst();
      return { size, sha256: await session.finish(), chunks };
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(underWay);
    },
  };
}
