/** Stores what comes as a stream: its length is known at its end. */
import { MIB } from '#kernel/units';

import { type ContentWriter, createContentWriter, createCutWriter } from '../format/content-writer.ts';
import { fileCuts } from '../format/cut-by-content.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import { sessionFor, type VaultContext } from '../repository/vault-context.ts';
import type { Content } from '../snapshot/tree-entry.ts';

export interface StreamReader {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  readonly onRead: (bytes: number) => void;
}

const PIECE_BYTES = 4 * MIB;

/** Dumps and databases change here and there, so chunks end where the content says. */
export async function storeStream(reader: StreamReader, bytes: AsyncIterable<Uint8Array>): Promise<Content> {
  const { context, store, signal } = reader;
  const { chunkBytes } = context.config;
  const isCut = chunkBytes >= fileCuts.most;
  using session = sessionFor(context, chunkBytes);
  await using writer: ContentWriter = isCut
    ? createCutWriter({ store, session, signal, cutter: context.codec.fileCutter, memory: context.workers.memory })
    : createContentWriter(store, session, signal);
  for await (const piece of piecesOf(bytes, isCut ? PIECE_BYTES : chunkBytes)) {
    reader.onRead(piece.byteLength);
    await writer.add(piece);
  }
  return await writer.finish();
}

/** Pieces of one length, the last one shorter, each in memory of its own: the writer hands it to another thread. */
async function* piecesOf(bytes: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(length);
  let filled = 0;
  for await (const part of bytes) {
    for (let at = 0; at < part.byteLength; ) {
      const count = Math.min(length - filled, part.byteLength - at);
      piece.set(part.subarray(at, at + count), filled);
      at += count;
      filled += count;
      if (filled < length) continue;
      yield piece;
      piece = new Uint8Array(length);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}
