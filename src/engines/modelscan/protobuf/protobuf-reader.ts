/** Positional reader of protobuf's wire format: what is skipped is not read, so gigabytes of tensors cost nothing. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import type { RuleId } from '../rules.ts';
import { ScanStop } from '../scan-stop.ts';

/** Small, because a model with many big tensors jumps from one to the next. */
const WINDOW = 8 * KIB;
const nothing = Buffer.alloc(0);
const LONGEST_VARINT = 10;
/** Keys and lengths have 32 bits. */
const LONGEST_KEY = 5;
const LARGEST_FIELD = 2 ** 29;

export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const;

export interface WireField {
  readonly number: number;
  readonly wire: number;
  /** Where the field's key stands. */
  readonly offset: number;
  /** The varint's value; exact up to 2^53, larger ones only stay larger. Zero for the other wire types. */
  readonly value: number;
  /** Where the content stands, and how long it is. */
  readonly start: number;
  readonly length: number;
}

export interface ProtobufFaults {
  /** What a fault of the wire format means for the format above it. */
  readonly faultRule: RuleId;
  /** Told of what some loaders accept and others refuse; reading goes on behind it. */
  readonly onFault: (fault: ScanStop) => void;
}

export class ProtobufReader {
  readonly #source: ByteSource;
  #window: Buffer = nothing;
  #windowStart = 0;
  position = 0;

  readonly #faultRule: RuleId;
  readonly #onFault: (fault: ScanStop) => void;

  constructor(source: ByteSource, { faultRule, onFault }: ProtobufFaults) {
    this.#source = source;
    this.#faultRule = faultRule;
    this.#onFault = onFault;
  }

  get size(): number {
    return this.#source.size;
  }

  /** The next field of a message that ends at `end`; its content has been stepped over. */
  field(end: number): WireField {
    const offset = this.position;
    const key = this.varint(end, LONGEST_KEY);
    const wire = key % 8;
    const number = Math.floor(key / 8);
    if (number === 0 || number >= LARGEST_FIELD) throw this.broken(offset, `field number ${number}`);
    const value = wire === wireTypes.varint ? this.varint(end) : 0;
    const length = wire === wireTypes.varint ? 0 : this.#contentLength(wire, offset, end);
    const start = this.position;
    if (length > end - start) throw this.broken(offset, `${length} bytes wanted, ${end - start} left`);
    this.position = start + length;
    return { number, wire, offset, value, start, length };
  }

  varint(end: number, longest = LONGEST_VARINT): number {
    const offset = this.position;
    let value = 0;
    for (let index = 0; index < LONGEST_VARINT; index += 1) {
      if (this.position >= end) throw this.broken(offset, 'number cut off');
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte >= 0x80) continue;
      if (index >= longest || (index === LONGEST_VARINT - 1 && byte > 1))
        this.#onFault(this.broken(offset, 'number too long'));
      return value;
    }
    throw this.broken(offset, 'number longer than 64 bits');
  }

  /** Bytes out of order; the position stays where it is. */
  peek(start: number, length: number): Buffer {
    return this.#source.read(start, length);
  }

  #contentLength(wire: number, offset: number, end: number): number {
    if (wire === wireTypes.bytes) return this.varint(end, LONGEST_KEY);
    if (wire === wireTypes.groupStart || wire === wireTypes.groupEnd) return 0;
    if (wire === wireTypes.fixed64) return 8;
    if (wire === wireTypes.fixed32) return 4;
    throw this.broken(offset, `wire type ${wire}`);
  }

  #byte(): number {
    const from = this.position - this.#windowStart;
    if (from < 0 || from >= this.#window.length) {
      this.#window = this.#source.read(this.position, WINDOW);
      this.#windowStart = this.position;
    }
    const byte = this.#window[this.position - this.#windowStart];
    if (byte === undefined) throw this.broken(this.position, 'file cut off');
    this.position += 1;
    return byte;
  }

  broken(offset: number, evidence: string): ScanStop {
    return new ScanStop(this.#faultRule, { offset, evidence });
  }
}
