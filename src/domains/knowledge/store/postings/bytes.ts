/** Numbers as bytes: seven bits each, the lowest first; small ones, which are nearly all, take one. */

export class ByteWriter {
  #bytes = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    this.#reserve(8);
    let rest = value;
    // Beyond 31 bits, bitwise operators would cut.
    for (; rest >= 0x80_00_00_00; rest = Math.floor(rest / 128)) this.#put((rest % 128) | 0x80);
    for (; rest > 127; rest >>>= 7) this.#put((rest & 127) | 0x80);
    this.#put(rest);
  }

  copy(from: Uint8Array, start = 0, end = from.length): void {
    this.#reserve(end - start);
    if (end - start > few) {
      this.#bytes.set(from.subarray(start, end), this.#length);
      this.#length += end - start;
      return;
    }
    // A call for the few bytes there usually are would take longer than the loop.
    for (let at = start; at < end; at += 1) this.#put(from[at] ?? 0);
  }

  /** What was written so far; the writer begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  /** Like {@link take}, but only until the next number is written: no copy. */
  view(): Uint8Array {
    const written = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return written;
  }

  #put(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const few = 48;

export class ByteReader {
  at: number;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  number(): number {
    let byte = this.bytes[this.at] ?? 0;
    this.at += 1;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let unit = 128; byte >= 128; unit *= 128) {
      byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 127) * unit;
    }
    return value;
  }

  /** Goes past so many numbers. */
  skip(numbers: number): void {
    for (let left = numbers; left > 0; this.at += 1) if ((this.bytes[this.at] ?? 0) < 128) left -= 1;
  }

  /** A view, not a copy. */
  take(size: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + size);
    this.at += size;
    return taken;
  }
}
