/**
 * Memory for chunks, used again and again, that threads share: fresh memory costs the kernel a page fault and zeros for
 * every 4 KiB, a fifth of all work on large files, and memory that is transferred between threads sets off a garbage
 * collection every few chunks in each of them.
 */
import { KIB, MIB } from '#kernel/units';
import { createWasmMemory, type WasmMemory } from './wasm-memory.ts';

/** Envelope, header and tags of a sealed chunk of any length; then it can be sealed where it lies. */
const SEAL_ROOM = 64 * KIB;
/**
 * Pieces of living files, and the chunks of most repositories: places in one memory. Places that were never used take no
 * memory; those used last are used first. It goes with the opened repository, so that a place which an interrupted work
 * still reads into is never anybody else's.
 */
const SMALL_ROOM = 256 * KIB + SEAL_ROOM;
/** A chunk that did not shrink comes back a little longer than 8 MiB, and gets its room behind that. */
const LARGE_ROOM = 8 * MIB + 2 * SEAL_ROOM;
const SMALL_PLACES = 64;
const LARGE_PLACES = 20;
const LARGE_START = SMALL_PLACES * SMALL_ROOM;
const POOL_BYTES = LARGE_START + LARGE_PLACES * LARGE_ROOM;
/** Larger chunks, and what finds no place, are in memory of their own. */
const OTHER_ROOMS = [SMALL_ROOM, LARGE_ROOM, 16 * MIB + SEAL_ROOM] as const;
const MOST_KEPT = 4;

/** How a view of chunk memory travels between threads: places by offset and length, everything else as it is. */
export type SharedView = Uint8Array | { readonly offset: number; readonly length: number };

/** The pool as any thread sees it. */
export class ChunkPlaces {
  readonly memory: WasmMemory;
  readonly #buffer: SharedArrayBuffer;

  constructor(memory: WasmMemory) {
    this.memory = memory;
    this.#buffer = memory.buffer;
  }

  /** Whether it lies in a place of the pool: from a page's beginning, as O_DIRECT asks for. */
  contains({ buffer }: Uint8Array): boolean {
    return buffer === this.#buffer;
  }

  /** All memory from where the view begins to the end of its place, or of its buffer. */
  roomOf(view: Uint8Array): Uint8Array {
    const { buffer, byteOffset } = view;
    if (!this.contains(view)) return new Uint8Array(buffer, byteOffset);
    const { start, bytes } = placeAt(byteOffset);
    return new Uint8Array(buffer, byteOffset, start + bytes - byteOffset);
  }

  share(view: Uint8Array): SharedView {
    return this.contains(view) ? { offset: view.byteOffset, length: view.byteLength } : view;
  }

  /** @throws RangeError for what is no part of one place. */
  viewOf(shared: SharedView): Uint8Array {
    if (shared instanceof Uint8Array) return shared;
    const { start, bytes } = placeAt(shared.offset);
    if (shared.offset + shared.length > start + bytes) throw new RangeError('chunk memory beyond its place');
    return new Uint8Array(this.#buffer, shared.offset, shared.length);
  }
}

export class ChunkMemory extends ChunkPlaces {
  readonly #free: Readonly<Record<'small' | 'large', number[]>> = {
    small: placesFrom(0, SMALL_ROOM, SMALL_PLACES),
    large: placesFrom(LARGE_START, LARGE_ROOM, LARGE_PLACES),
  };
  readonly #taken = new Set<number>();
  readonly #others = new Map<number, SharedArrayBuffer[]>(OTHER_ROOMS.map((room) => [room, []]));

  constructor() {
    super(createWasmMemory(POOL_BYTES));
  }

  /** Memory of this length with room behind it. Its old contents are still in it. */
  take(bytes: number): Uint8Array {
    const needed = bytes + SEAL_ROOM;
    const place = needed <= LARGE_ROOM ? this.#free[needed <= SMALL_ROOM ? 'small' : 'large'].pop() : undefined;
    if (place !== undefined) {
      this.#taken.add(place);
      return this.viewOf({ offset: place, length: bytes });
    }
    const room = OTHER_ROOMS.find((each) => each >= needed) ?? needed;
    return new Uint8Array(this.#others.get(room)?.pop() ?? new SharedArrayBuffer(room), 0, bytes);
  }

  /**
   * Gives back memory that `take` gave, whatever view of it a thread sent; other memory is left alone.
   * @throws RangeError when it was given back already: somebody else may be using it.
   */
  give(view: Uint8Array): void {
    const { buffer } = view;
    if (this.contains(view)) {
      const { start, bytes } = placeAt(view.byteOffset);
      if (!this.#taken.delete(start)) throw new RangeError('chunk memory was given back twice');
      this.#free[bytes === SMALL_ROOM ? 'small' : 'large'].push(start);
      return;
    }
    const free = this.#others.get(buffer.byteLength);
    if (free !== undefined && free.length < MOST_KEPT && buffer instanceof SharedArrayBuffer) free.push(buffer);
  }
}

function placeAt(offset: number): { readonly start: number; readonly bytes: number } {
  const inLarge = offset - LARGE_START;
  return inLarge < 0
    ? { start: offset - (offset % SMALL_ROOM), bytes: SMALL_ROOM }
    : { start: LARGE_START + inLarge - (inLarge % LARGE_ROOM), bytes: LARGE_ROOM };
}

/** The first place comes last: it is taken first. */
function placesFrom(start: number, room: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + (count - 1 - index) * room);
}
