import { KIB } from '#kernel/units';

import { DecodeFault, LimitReached } from './decode-fault.ts';

/** From the pool of small buffers: most streams of a small file stay within it. */
const FIRST_SIZE = 2 * KIB;
/** In few steps, because each copies; what is reserved and not written takes no memory of the machine. */
const GROWTH = 8;

/** What comes out of a decoder, up to a limit; it is its own dictionary. */
export class ByteOutput {
  readonly #limit: number;
  #buffer: Buffer = Buffer.allocUnsafe(FIRST_SIZE);
  length = 0;
  /** Where the present dictionary starts; nothing before it may be repeated. */
  dictionaryStart = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get content(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  /** The byte `distance` before the end, 0 where the dictionary does not reach. */
  back(distance: number): number {
    return distance > this.length - this.dictionaryStart ? 0 : (this.#buffer[this.length - distance] ?? 0);
  }

  /** @throws LimitReached */
  push(byte: number): void {
    if (this.length === this.#buffer.length || this.length === this.#limit) this.#reserve(1);
    this.#buffer[this.length] = byte;
    this.length += 1;
  }

  /** @throws LimitReached, after as much of it as there is room for. */
  append(content: Buffer): void {
    const room = this.#reserve(content.length);
    content.copy(this.#buffer, this.length, 0, room);
    this.length += room;
    if (room < content.length) throw new LimitReached();
  }

  fill(byte: number, count: number): void {
    const room = this.#reserve(count);
    this.#buffer.fill(byte, this.length, this.length + room);
    this.length += room;
    if (room < count) throw new LimitReached();
  }

  /** Repeats what came out `distance` bytes ago; source and target may overlap. */
  repeat(distance: number, count: number): void {
    if (distance > this.length - this.dictionaryStart) throw new DecodeFault(`distance ${distance}`);
    const room = this.#reserve(count);
    const buffer = this.#buffer;
    const end = this.length + room;
    if (distance >= room) buffer.copyWithin(this.length, this.length - distance, this.length - distance + room);
    else for (let to = this.length; to < end; to += 1) buffer[to] = buffer[to - distance] ?? 0;
    this.length = end;
    if (room < count) throw new LimitReached();
  }

  /** Makes room for as much of `count` as the limit allows, at least one byte. */
  #reserve(count: number): number {
    const room = Math.min(count, this.#limit - this.length);
    if (room === 0 && count > 0) throw new LimitReached();
    if (this.length + room > this.#buffer.length) {
      const size = Math.min(this.#limit, Math.max(this.#buffer.length * GROWTH, this.length + room));
      const grown = Buffer.allocUnsafe(size);
      this.#buffer.copy(grown, 0, 0, this.length);
      this.#buffer = grown;
    }
    return room;
  }
}
