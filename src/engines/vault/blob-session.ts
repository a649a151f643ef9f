/**
 * The processor-heavy side of one file: hash, seal, open. A session remembers the running SHA-256 of the file, so a
 * session belongs to one file at a time. `createInlineSession` works in the calling thread; `blob-workers.ts` puts the
 * same thing into worker threads.
 */
import { createHash } from 'node:crypto';

import { type Sha256, sha256 } from '#kernel/brands';

import type { BlobCodec, BlobId, BlobKind } from './blob.ts';

export interface IdentifiedChunk {
  readonly id: BlobId;
  /** The chunk as it is to be stored. Call this or `forget`, once. */
  seal(): Promise<Uint8Array>;
  forget(): void;
}

export interface BlobSession extends Disposable {
  /** Takes the next chunk of the file; `plain` belongs to the session afterwards. */
  identify(plain: Uint8Array): Promise<IdentifiedChunk>;
  /** Opens a stored blob and counts it as the next chunk of the file; `sealed` belongs to the session afterwards. */
  open(kind: BlobKind, id: BlobId, sealed: Uint8Array): Promise<Uint8Array>;
  /** SHA-256 of all chunks so far; the session starts a new file with it. */
  finish(): Promise<Sha256>;
}

export function createInlineSession(codec: BlobCodec): BlobSession {
  let hash = createHash('sha256');
  return {
    async identify(plain) {
      hash.update(plain);
      const id = codec.idOf(plain);
      return { id, seal: async () => codec.seal('chunk', id, plain), forget() {} };
    },
    async open(kind, id, sealed) {
      const plain = codec.open(kind, id, sealed);
      hash.update(plain);
      return plain;
    },
    async finish() {
      const digest = sha256(hash.digest('hex'));
      hash = createHash('sha256');
      return digest;
    },
    [Symbol.dispose]() {},
  };
}
