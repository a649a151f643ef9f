/** Hashes a small file where it arrives: a round trip to the hashing thread costs more than hashing it. */
import { KIB } from '#kernel/units';

import { blake3 } from './blocks/check-blocks.ts';
import type { HashName } from './file-hashes.ts';
import type { HashSession, HashThread } from './hash-thread.ts';
import { MultiHasher } from './multi-hasher.ts';

/** Takes the event loop a millisecond at most, with all six hashes. */
export const INLINE_BYTES = 512 * KIB;

/** Follows the file at `path` without the thread, as long as its bytes come in order. */
export function followInline(path: string, names: readonly HashName[], thread: HashThread): HashSession {
  const hasher = new MultiHasher(names);
  let hashedBytes = 0;
  return {
    get hashedBytes() {
      return hashedBytes;
    },
    async block({ bytes }, length, position) {
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, length);
      if (position === hashedBytes) {
        hasher.update(piece);
        hashedBytes += length;
      }
      return blake3(piece);
    },
    advance: () => undefined,
    async finish(sizeBytes, options) {
      if (hashedBytes === sizeBytes) return hasher.digest();
      using session = thread.follow(path, names);
      return await session.finish(sizeBytes, options);
    },
    [Symbol.dispose]: () => undefined,
  };
}
