/** Byte reader of the pickle machine: a small window that moves forward, so that skipped literals are never read. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';

const WINDOW = 32 * KIB;
const NEWLINE = 10;
/** Longer lines are real (numpy arrays at protocol 0 are one line), longer names are not: only this much is kept. */
const LINE_KEPT = 8 * KIB;

const nothing = Buffer.alloc(0);

export interface PickleLine {
  /** The line without its last byte, as CPython cuts it; the first 8 KiB when longer. */
  readonly text: Buffer;
  readonly truncated: boolean;
}

export class PickleReader {
  readonly #source: ByteSource;
  #window: Buffer = nothing;
  #windowStart = 0;
  #position: number;

  constructor(source: ByteSource, start: number) {
    this.#source = source;
    this.#position = start;
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#source.size - this.#position;
  }

  byte(): number {
    const index = this.#position - this.#windowStart;
    if (index >= 0 && index < this.#window.length) {
      this.#position += 1;
      return this.#window[index] ?? 0;
    }
    // Before the window is read: it may be another one then.
    const from = this.#step(1);
    return this.#window[from] ?? 0;
  }

  /** The next `length` bytes. Only for short fields. @throws ScanStop when the file ends before. */
  take(length: number): Buffer {
    const from = this.#step(length);
    return this.#window.subarray(from, from + length);
  }

  /** The next `length` bytes as text. Only for names. @throws ScanStop when the file ends before. */
  text(length: number, encoding: 'utf8' | 'latin1'): string {
    const from = this.#step(length);
    return this.#window.toString(encoding, from, from + length);
  }

  /** Goes on by `length` bytes and tells where in the window they stand. */
  #step(length: number): number {
    this.#require(length);
    let from = this.#position - this.#windowStart;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = this.#source.read(this.#position, Math.max(WINDOW, length));
      this.#windowStart = this.#position;
      from = 0;
    }
    if (from + length > this.#window.length) throw this.#truncated(length);
    this.#position += length;
    return from;
  }

  /** Steps over a literal without reading it. */
  skip(length: number): void {
    this.#require(length);
    this.#position += length;
  }

  /** Up to and including the next newline, or to the end of the file as CPython does. */
  line(): PickleLine {
    const from = this.#position - this.#windowStart;
    const end = from < 0 ? -1 : this.#window.indexOf(NEWLINE, from);
    if (end < 0 || end - from > LINE_KEPT) return this.#longLine();
    this.#position += end + 1 - from;
    return { text: this.#window.subarray(from, end), truncated: false };
  }

  /** One that is not in the window as a whole. */
  #longLine(): PickleLine {
    const kept: Buffer[] = [];
    let keptLength = 0;
    let total = 0;
    for (;;) {
      const room = this.remaining;
      if (room <= 0) break;
      const index = this.#position - this.#windowStart;
      if (index < 0 || index >= this.#window.length) this.#refill();
      const available = this.#window.subarray(this.#position - this.#windowStart);
      if (available.length === 0) break;
      const newline = available.indexOf(NEWLINE);
      const part = newline < 0 ? available : available.subarray(0, newline + 1);
      this.#position += part.length;
      total += part.length;
      if (keptLength < LINE_KEPT) {
        kept.push(Buffer.from(part.subarray(0, LINE_KEPT - keptLength)));
        keptLength += Math.min(part.length, LINE_KEPT - keptLength);
      }
      if (newline >= 0) break;
    }
    if (total === 0) throw this.#truncated(1);
    const whole = Buffer.concat(kept);
    return { text: total > LINE_KEPT ? whole : whole.subarray(0, -1), truncated: total > LINE_KEPT };
  }

  uint16(): number {
    const from = this.#step(2);
    return this.#window.readUInt16LE(from);
  }

  int32(): number {
    const from = this.#step(4);
    return this.#window.readInt32LE(from);
  }

  uint32(): number {
    const from = this.#step(4);
    return this.#window.readUInt32LE(from);
  }

  /** An eight-byte length. @throws ScanStop when it is past any file's end. */
  uint64(): number {
    const from = this.#step(8);
    const value = this.#window.readBigUInt64LE(from);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.#truncated(Number(value));
    return Number(value);
  }

  #refill(): void {
    this.#window = this.#source.read(this.#position, WINDOW);
    this.#windowStart = this.#position;
  }

  #require(length: number): void {
    if (length < 0 || length > this.remaining) throw this.#truncated(length);
  }

  #truncated(length: number): ScanStop {
    return new ScanStop('pickle-broken', {
      offset: this.#position,
      evidence: `${length} bytes wanted, ${Math.max(0, this.remaining)} left`,
    });
  }
}
