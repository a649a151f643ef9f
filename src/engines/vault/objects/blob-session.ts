/**
 * The processor-heavy side of one file: hash, seal, open. A session remembers the running SHA-256 of the file, so a
 * session belongs to one file at a time. `createInlineSession` works in the calling thread; `blob-workers.ts` puts the
 * same thing into worker threads.
 */
import { createHash, type Hash } from 'node:crypto';

import { type Sha256, sha256 } from '#kernel/brands';
import { freeMemory } from '#kernel/free-memory';

import type { BlobCodec, BlobId, BlobKind } from '../format/blob.ts';

export interface IdentifiedChunk {
  readonly id: BlobId;
  /** The chunk as it is to be stored. Call this or `forget`, once. */
  seal(): Promise<Uint8Array>;
  forget(): void;
  /** What `seal` gave is not needed any more. */
  release?(sealed: Uint8Array): void;
}

export interface BlobSession extends Disposable {
  /** It works in the calling thread: memory that is handed in stays the caller's, who may use it again after `release`. */
  readonly isInline: boolean;
  /** Takes the next chunk of the file; `plain` belongs to the session afterwards. */
  identify(plain: Uint8Array): Promise<IdentifiedChunk>;
  /** Opens a stored blob and counts it as the next chunk of the file; `sealed` belongs to the session afterwards. */
  open(kind: BlobKind, id: BlobId, sealed: Uint8Array): Promise<Uint8Array>;
  /** What `open` gave is not needed any more. */
  release(plain: Uint8Array): void;
  /** SHA-256 of all chunks so far; the session starts a new file with it. */
  finish(): Promise<Sha256>;
}

export interface SessionOptions {
  /** All memory from where a chunk begins that is the chunk's alone: it is sealed and opened where it lies. */
  readonly roomOf?: (chunk: Uint8Array) => Uint8Array;
  /** False: what is opened is proven by its id alone, and `finish` says nothing of it. Default true. */
  readonly digest?: boolean;
}

export function createInlineSession(codec: BlobCodec, { roomOf, digest = true }: SessionOptions = {}): BlobSession {
  let running: Hash | undefined;

  /** Made when it is needed: it takes as long as all else for a small file that is only opened. */
  function whole(): Hash {
    running ??= createHash('sha256');
    return running;
  }

  return {
    isInline: true,
    async identify(plain) {
      whole().update(plain);
      const id = codec.idOf(plain);
      return {
        id,
        seal: async () => codec.seal('chunk', id, plain, roomOf?.(plain)),
        forget() {},
        release(sealed) {
          if (roomOf === undefined) freeMemory(sealed);
        },
      };
    },
    async open(kind, id, sealed) {
      const plain = codec.open(kind, id, sealed, { room: roomOf?.(sealed) });
      if (digest) whole().update(plain);
      return plain;
    },
    release(plain) {
      if (roomOf === undefined) freeMemory(plain);
    },
    async finish() {
      const ended = whole();
      running = undefined;
      return sha256(ended.digest('hex'));
    },
    [Symbol.dispose]() {},
  };
}
