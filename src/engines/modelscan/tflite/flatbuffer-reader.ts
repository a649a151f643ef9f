/** FlatBuffers (flatbuffers internals): tables behind offsets, every one of them checked against the file. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';

const WINDOW = 16 * KIB;
const LONGEST_TEXT = 64 * KIB;

/** Where a table stands, and where its fields are described. */
export interface FlatTable {
  readonly at: number;
  readonly fields: number;
  readonly fieldsEnd: number;
}

export class FlatbufferReader {
  readonly #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  root(): FlatTable {
    return this.#table(this.#uint32(0));
  }

  /** A number of up to four bytes, without sign; the default 0 when absent. */
  number(table: FlatTable, field: number, bytes: 1 | 4): number {
    const at = this.#place(table, field);
    if (at === undefined) return 0;
    return bytes === 1 ? this.#bytes(at, 1).readUInt8() : this.#uint32(at);
  }

  text(table: FlatTable, field: number): string | undefined {
    const at = this.#follow(table, field);
    if (at === undefined) return undefined;
    const length = this.#uint32(at);
    if (length > LONGEST_TEXT) throw broken(at, `text of ${length} bytes`);
    return this.#bytes(at + 4, length).toString('utf8');
  }

  /** The tables of a list, one by one. */
  *tables(table: FlatTable, field: number): Generator<FlatTable, undefined> {
    const at = this.#follow(table, field);
    const count = at === undefined ? 0 : this.count(table, field);
    for (let index = 0; index < count; index += 1) {
      const entry = (at ?? 0) + 4 + 4 * index;
      yield this.#table(entry + this.#uint32(entry));
    }
  }

  /** Entries of a list of elements of at least `size` bytes. */
  count(table: FlatTable, field: number, size = 4): number {
    const at = this.#follow(table, field);
    if (at === undefined) return 0;
    const count = this.#uint32(at);
    if (count * size > this.#source.size - at - 4) throw broken(at, `list of ${count}`);
    return count;
  }

  #table(at: number): FlatTable {
    const fields = at - this.#bytes(at, 4).readInt32LE();
    const header = this.#bytes(fields, 4);
    const [length, size] = [header.readUInt16LE(), header.readUInt16LE(2)];
    if (length < 4 || length % 2 !== 0 || size < 4) throw broken(at, 'table');
    this.#check(fields, length);
    this.#check(at, size);
    return { at, fields, fieldsEnd: fields + length };
  }

  #place({ at, fields, fieldsEnd }: FlatTable, field: number): number | undefined {
    const entry = fields + 4 + 2 * field;
    if (entry + 2 > fieldsEnd) return undefined;
    const offset = this.#bytes(entry, 2).readUInt16LE();
    return offset === 0 ? undefined : at + offset;
  }

  #follow(table: FlatTable, field: number): number | undefined {
    const at = this.#place(table, field);
    return at === undefined ? undefined : at + this.#uint32(at);
  }

  #uint32(at: number): number {
    return this.#bytes(at, 4).readUInt32LE();
  }

  #bytes(at: number, length: number): Buffer {
    this.#check(at, length);
    const from = at - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    this.#window = this.#source.read(at, Math.max(length, WINDOW));
    this.#windowStart = at;
    return this.#window.subarray(0, length);
  }

  #check(at: number, length: number): void {
    if (at < 0 || at + length > this.#source.size) throw broken(at, `${length} bytes outside of the file`);
  }
}

function broken(offset: number, evidence: string): ScanStop {
  return new ScanStop('tflite-broken', { offset, evidence });
}
