import type { ByteInput } from './byte-input.ts';

/** Bits of bytes, highest first. */
export class BitInput {
  readonly #input: ByteInput;
  #held = 0;
  #count = 0;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  /** Up to 24 at once. */
  bits(count: number): number {
    while (this.#count < count) {
      this.#held = ((this.#held & 0xff_ffff) << 8) | this.#input.byte();
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  uint32(): number {
    return this.bits(16) * 0x1_0000 + this.bits(16);
  }

  /** Forgets the rest of the present byte. */
  align(): void {
    this.#count -= this.#count % 8;
  }
}
