/** Reads the little-endian fields of one HDF5 structure in order; running past its end is damage. */
import { ScanStop } from '../scan-stop.ts';

/** Sizes of addresses and lengths in this file, from its superblock. */
export interface Hdf5Sizes {
  readonly offsets: number;
  readonly lengths: number;
}

export class Hdf5Cursor {
  readonly #bytes: Buffer;
  readonly #sizes: Hdf5Sizes;
  /** Where the structure stands in the file, for findings. */
  readonly #origin: number;
  position = 0;

  constructor(bytes: Buffer, sizes: Hdf5Sizes, origin: number) {
    this.#bytes = bytes;
    this.#sizes = sizes;
    this.#origin = origin;
  }

  get left(): number {
    return this.#bytes.length - this.position;
  }

  /** An unsigned integer of 0 to 8 bytes; exact up to 2^53, larger ones only stay larger. */
  uint(size: number): number {
    const start = this.position;
    this.skip(size);
    let value = 0;
    for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + (this.#bytes[start + index] ?? 0);
    return value;
  }

  /** An address; undefined when the file says that there is none (all bits set). */
  address(): number | undefined {
    const start = this.position;
    const size = this.#sizes.offsets;
    const value = this.uint(size);
    for (let index = 0; index < size; index += 1) if (this.#bytes[start + index] !== 0xff) return value;
    return undefined;
  }

  length(): number {
    return this.uint(this.#sizes.lengths);
  }

  take(size: number): Buffer {
    const start = this.position;
    this.skip(size);
    return this.#bytes.subarray(start, start + size);
  }

  skip(size: number): void {
    if (size > this.left) throw this.fault(`${size} bytes wanted, ${this.left} left`);
    this.position += size;
  }

  /** The next bytes as a structure of their own. */
  part(size: number): Hdf5Cursor {
    const origin = this.#origin + this.position;
    return new Hdf5Cursor(this.take(size), this.#sizes, origin);
  }

  /** Text up to the next NUL, which is taken, too. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.position);
    if (end < 0) throw this.fault('text without an end');
    const text = this.take(end - this.position).toString('utf8');
    this.skip(1);
    return text;
  }

  expect(signature: string): void {
    const found = this.take(signature.length).toString('latin1');
    if (found !== signature) throw this.fault(`${signature} expected`);
  }

  fault(evidence: string): ScanStop {
    return new ScanStop('hdf5-broken', { offset: this.#origin + this.position, evidence });
  }
}
