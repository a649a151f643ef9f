/** Answers that are sent while they are made. */
import { Readable } from 'node:stream';

import type { Pieces } from '#platform/contract';

/**
 * Its first piece is waited for, so that what fails at once is still told as a problem. Pieces are made no faster than
 * the client takes them, and none any more when it has gone.
 */
export async function begun(pieces: Pieces): Promise<Readable> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  return Readable.from(fromFirst(first, iterator), { objectMode: false });
}

async function* fromFirst(
  first: IteratorResult<string | Uint8Array>,
  iterator: AsyncIterator<string | Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) {
      // An empty piece would be taken for the end.
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
