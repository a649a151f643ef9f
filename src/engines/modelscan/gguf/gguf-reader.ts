/** Forward reader of GGUF's fields in either byte order; every length is held against the rest of the file. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';

const WINDOW = 64 * KIB;

export class GgufReader {
  readonly #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
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
    const field = this.take(4);
    return this.#bigEndian ? field.readUInt32BE() : field.readUInt32LE();
  }

  uint64(): bigint {
    const field = this.take(8);
    return this.#bigEndian ? field.readBigUInt64BE() : field.readBigUInt64LE();
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
    return this.take(this.length(1, maximum)).toString('utf8');
  }

  skip(length: number): void {
    if (length > this.remaining) throw this.#cut(length);
    this.position += length;
  }

  take(length: number): Buffer {
    if (length > this.remaining) throw this.#cut(length);
    const from = this.position - this.#windowStart;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = this.#source.read(this.position, Math.max(WINDOW, length));
      this.#windowStart = this.position;
    }
    const start = this.position - this.#windowStart;
    this.position += length;
    return this.#window.subarray(start, start + length);
  }

  #cut(length: number): ScanStop {
    return new ScanStop('gguf-broken', {
      offset: this.position,
      evidence: `${length} bytes wanted, ${this.remaining} left`,
    });
  }
}
