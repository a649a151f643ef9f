/** Forward reader of GGUF's fields in either byte order; every length is held against the rest of the file. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';

const WINDOW = 64 * KIB;
const nothing = Buffer.alloc(0);

export class GgufReader {
  readonly #source: ByteSource;
  #window: Buffer = nothing;
  #windowStart = 0;
  position: number;
  readonly #bigEndian: boolean;

  constructor(source: ByteSource, start: number, bigEndian: boolean) {
    this.#source = source;
    this.position = start;
    this.#bigEndian = bigEndian;
  }

  get remaining(): number {
    return this.#source.size - this.position;
  }

  uint32(): number {
    const from = this.#step(4);
    return this.#bigEndian ? this.#window.readUInt32BE(from) : this.#window.readUInt32LE(from);
  }

  uint64(): bigint {
    const from = this.#step(8);
    return this.#bigEndian ? this.#window.readBigUInt64BE(from) : this.#window.readBigUInt64LE(from);
  }

  /** A count or length, refused before anything is reserved when it exceeds `maximum` or the rest of the file. */
  length(unit: number, maximum: number): number {
    const at = this.position;
    const value = this.uint64();
    if (value * BigInt(unit) > BigInt(this.remaining))
      throw new ScanStop('gguf-broken', { offset: at, evidence: `length ${value}` });
    if (value > BigInt(maximum)) throw new ScanStop('gguf-limit', { offset: at, evidence: `length ${value}` });
    return Number(value);
  }

  text(maximum: number): string {
    const length = this.length(1, maximum);
    const from = this.#step(length);
    return this.#window.toString('utf8', from, from + length);
  }

  skip(length: number): void {
    if (length > this.remaining) throw this.#cut(length);
    this.position += length;
  }

  byte(): number {
    const from = this.#step(1);
    return this.#window[from] ?? 0;
  }

  /** Goes on by `length` bytes and tells where in the window they stand. */
  #step(length: number): number {
    if (length > this.remaining) throw this.#cut(length);
    const from = this.position - this.#windowStart;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = this.#source.read(this.position, Math.max(WINDOW, length));
      this.#windowStart = this.position;
    }
    const start = this.position - this.#windowStart;
    this.position += length;
    return start;
  }

  #cut(length: number): ScanStop {
    return new ScanStop('gguf-broken', {
      offset: this.position,
      evidence: `${length} bytes wanted, ${this.remaining} left`,
    });
  }
}
