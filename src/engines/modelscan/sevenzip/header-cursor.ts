import { ScanStop } from '../scan-stop.ts';

/** A 7z header (7zFormat.txt of the LZMA SDK) read from front to back; what does not fit is `7z-broken`. */
export class HeaderCursor {
  readonly #content: Buffer;
  #at = 0;

  constructor(content: Buffer) {
    this.#content = content;
  }

  /** The next so many bytes as a header of their own. */
  slice(length: number): HeaderCursor {
    return new HeaderCursor(this.take(length));
  }

  rest(): Buffer {
    return this.take(this.#content.length - this.#at);
  }

  byte(): number {
    const byte = this.#content[this.#at];
    if (byte === undefined) throw this.broken('cut off');
    this.#at += 1;
    return byte;
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  /** One to nine bytes: leading ones of the first say how many follow. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let mask = 0x80;
    for (let index = 0; index < 8; index += 1, mask >>= 1) {
      if ((first & mask) === 0) return this.#safe(value + (first & (mask - 1)) * 2 ** (8 * index));
      value += this.byte() * 2 ** (8 * index);
    }
    return this.#safe(value);
  }

  /** A number of things that take at least a bit each. */
  count(): number {
    const count = this.number();
    if (count > 8 * this.#content.length) throw this.broken(`${count} entries`);
    return count;
  }

  bits(count: number): boolean[] {
    const bytes = this.take(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, index) => ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
  }

  /** A mark for "all", or a bit for each. */
  optionalBits(count: number): boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
  }

  /** Checksums, where there are some. */
  digests(count: number): (number | undefined)[] {
    return this.optionalBits(count).map((defined) => (defined ? this.uint32() : undefined));
  }

  take(length: number): Buffer {
    if (length > this.#content.length - this.#at) throw this.broken('cut off');
    const content = this.#content.subarray(this.#at, this.#at + length);
    this.#at += length;
    return content;
  }

  expect(id: number): void {
    const found = this.byte();
    if (found !== id) throw this.broken(`property ${found} instead of ${id}`);
  }

  broken(evidence: string): ScanStop {
    return new ScanStop('7z-broken', { evidence: `header: ${evidence}` });
  }

  #safe(value: number): number {
    if (!Number.isSafeInteger(value)) throw this.broken(`number ${value}`);
    return value;
  }
}
