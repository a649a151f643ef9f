import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { DecodeFault } from './decode-fault.ts';

const WINDOW = 64 * KIB;

/** Compressed bytes one after the other, read in windows. */
export class ByteInput {
  readonly #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;
  /** Place of the next byte. */
  position: number;

  constructor(source: ByteSource, position = 0) {
    this.#source = source;
    this.position = position;
  }

  get remaining(): number {
    return this.#source.size - this.position;
  }

  /** @throws DecodeFault behind the last one. */
  byte(): number {
    const byte = this.#window[this.position - this.#windowStart] ?? this.#refill();
    this.position += 1;
    return byte;
  }

  uint32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  /** @throws DecodeFault when fewer are left. */
  take(length: number): Buffer {
    if (length > this.remaining) throw new DecodeFault('cut off');
    const content = this.#source.read(this.position, length);
    this.position += length;
    return content;
  }

  /** Bytes ahead, fewer at the end; the position stays. */
  peek(length: number): Buffer {
    return this.#source.read(this.position, length);
  }

  #refill(): number {
    this.#window = this.#source.read(this.position, WINDOW);
    this.#windowStart = this.position;
    const [byte] = this.#window;
    if (byte === undefined) throw new DecodeFault('cut off');
    return byte;
  }
}
