/** A stream read by counts of bytes, then in segments of given lengths. */
export interface ByteReader {
  /** So many bytes, or fewer when the stream ends. */
  read(count: number): Promise<Uint8Array>;
  /**
   * All that remains, cut into segments of `room(number)` bytes; only the last one, which may be empty, is shorter. The last
   * `trailerBytes` are kept apart. The bytes of a segment are valid until the next one is asked for.
   */
  segments(room: (number: number) => number, trailerBytes: number): AsyncGenerator<StreamSegment, Uint8Array>;
}

export interface StreamSegment {
  readonly number: number;
  readonly last: boolean;
  readonly bytes: Uint8Array;
}

export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();

  /** Moves what is there into `target`; 0 at the end. */
  async function fill(target: Uint8Array): Promise<number> {
    while (held.byteLength === 0) {
      const next = await iterator.next();
      if (next.done === true) return 0;
      held = next.value;
    }
    const count = Math.min(held.byteLength, target.byteLength);
    target.set(held.subarray(0, count));
    held = held.subarray(count);
    return count;
  }
  async function fillWhole(target: Uint8Array): Promise<number> {
    let at = 0;
    while (at < target.byteLength) {
      const count = await fill(target.subarray(at));
      if (count === 0) break;
      at += count;
    }
    return at;
  }

  return {
    async read(count) {
      const bytes = Buffer.alloc(count);
      return bytes.subarray(0, await fillWhole(bytes));
    },
    async *segments(room, trailerBytes) {
      try {
        let number = 0;
        const buffer = Buffer.alloc(Math.max(room(0), room(1)) + trailerBytes + 1);
        let length = 0;
        for (;;) {
          // One byte more than the segment and the trailer shows that another segment follows.
          const wanted = room(number) + trailerBytes + 1;
          length += await fillWhole(buffer.subarray(length, wanted));
          if (length < wanted) break;
          yield { number, last: false, bytes: buffer.subarray(0, room(number)) };
          buffer.copyWithin(0, room(number), length);
          length -= room(number);
          number += 1;
        }
        const end = Math.max(0, length - trailerBytes);
        yield { number, last: true, bytes: buffer.subarray(0, end) };
        return buffer.subarray(end, length);
      } finally {
        await iterator.return?.();
      }
    },
  };
}
