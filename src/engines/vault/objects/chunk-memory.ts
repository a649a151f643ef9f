/**
 * Memory for chunks, used again and again, that threads share: fresh memory costs the kernel a page fault and zeros for
 * every 4 KiB, a fifth of all work on large files, and memory that is transferred between threads sets off a garbage
 * collection every few chunks in each of them.
 */
import { KIB, MIB } from '#kernel/units';

/** Envelope, header and tags of a sealed chunk of any length; then it can be sealed where it lies. */
const SEAL_ROOM = 64 * KIB;
/** For pieces of living files, for the chunks of most repositories, and for larger ones. */
const ROOMS = [256 * KIB + SEAL_ROOM, 8 * MIB + SEAL_ROOM, 16 * MIB + SEAL_ROOM] as const;
const MOST_KEPT = 8;

export class ChunkMemory {
  readonly #free = new Map<number, SharedArrayBuffer[]>(ROOMS.map((room) => [room, []]));

  /** Memory of this length with room behind it. Its old contents are still in it. */
  take(bytes: number): Uint8Array {
    const needed = bytes + SEAL_ROOM;
    const room = ROOMS.find((each) => each >= needed) ?? needed;
    return new Uint8Array(this.#free.get(room)?.pop() ?? new SharedArrayBuffer(room), 0, bytes);
  }

  /** Gives back memory that `take` gave, whatever view of it a thread sent; other memory is left alone. */
  give({ buffer }: Uint8Array): void {
    const free = this.#free.get(buffer.byteLength);
    if (free !== undefined && free.length < MOST_KEPT && buffer instanceof SharedArrayBuffer) free.push(buffer);
  }
}
