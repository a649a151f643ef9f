import type { ByteInput } from './byte-input.ts';
import { DecodeFault } from './decode-fault.ts';

const HALF = 1024;
const TOP = 2 ** 24;

export function freshProbabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(HALF);
}

export function resetProbabilities(probabilities: Uint16Array): void {
  probabilities.fill(HALF);
}

/** The binary arithmetic coder below LZMA. */
export class RangeDecoder {
  readonly #input: ByteInput;
  #range = 0;
  code = 0;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  start(): void {
    if (this.#input.byte() !== 0) throw new DecodeFault('range coder');
    this.#range = 0xffff_ffff;
    this.code = 0;
    for (let index = 0; index < 4; index += 1) this.code = ((this.code << 8) | this.#input.byte()) >>> 0;
  }

  bit(probabilities: Uint16Array, index: number): number {
    const probability = probabilities[index] ?? HALF;
    const bound = (this.#range >>> 11) * probability;
    let bit = 0;
    if (this.code < bound) {
      this.#range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      bit = 1;
      this.#range -= bound;
      this.code -= bound;
      probabilities[index] = probability - (probability >> 5);
    }
    if (this.#range < TOP) this.#normalise();
    return bit;
  }

  /** Bits of even chance, highest first. */
  direct(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      this.#range >>>= 1;
      const bit = this.code >= this.#range ? 1 : 0;
      if (bit === 1) this.code -= this.#range;
      if (this.#range < TOP) this.#normalise();
      value = value * 2 + bit;
    }
    return value;
  }

  /** A tree of `bits` levels whose probabilities start at `offset`. */
  tree(probabilities: Uint16Array, offset: number, bits: number): number {
    // The same as `bit` once a level, with its state in local variables: most of the time of LZMA is spent here.
    let range = this.#range;
    let code = this.code;
    let node = 1;
    for (let index = 0; index < bits; index += 1) {
      const probability = probabilities[offset + node] ?? HALF;
      const bound = Math.imul(range >>> 11, probability) >>> 0;
      if (code < bound) {
        range = bound;
        probabilities[offset + node] = probability + ((2048 - probability) >> 5);
        node <<= 1;
      } else {
        range = (range - bound) >>> 0;
        code = (code - bound) >>> 0;
        probabilities[offset + node] = probability - (probability >> 5);
        node = (node << 1) | 1;
      }
      if (range < TOP) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | this.#input.byte()) >>> 0;
      }
    }
    this.#range = range;
    this.code = code;
    return node - (1 << bits);
  }

  /** The same, lowest bit first. */
  reverseTree(probabilities: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let index = 0; index < bits; index += 1) {
      const bit = this.bit(probabilities, offset + node);
      node = (node << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  #normalise(): void {
    this.#range = (this.#range << 8) >>> 0;
    this.code = ((this.code << 8) | this.#input.byte()) >>> 0;
  }
}
