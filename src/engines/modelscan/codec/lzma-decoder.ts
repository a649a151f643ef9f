/** LZMA (LZMA SDK, lzma-specification.txt): range coder, literals, matches and repeats. */
import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { DecodeFault } from './decode-fault.ts';
import { decodeLength, LENGTH_PROBABILITIES } from './lzma-lengths.ts';
import { freshProbabilities, RangeDecoder, resetProbabilities } from './range-decoder.ts';

const STATES = 12;
const POSITION_STATES = 16;
const FIRST_LITERAL_STATE = 7;
const SHORTEST_MATCH = 2;
const LITERAL_SIZE = 0x300;
const END_MARK = 0xffff_ffff;
/** Steps between breaths. */
const SLICE = 200_000;

// Where each kind of probability starts in the one list of them: twenty lists of their own cost more than a small stream.
const MATCH = 0;
const REPEAT = MATCH + STATES * POSITION_STATES;
const FIRST = REPEAT + STATES;
const SECOND = FIRST + STATES;
const THIRD = SECOND + STATES;
const LONG = THIRD + STATES;
const SLOTS = LONG + STATES * POSITION_STATES;
const SPECIAL = SLOTS + 4 * 64;
const ALIGN = SPECIAL + 115;
const MATCH_LENGTHS = ALIGN + 16;
const REPEAT_LENGTHS = MATCH_LENGTHS + LENGTH_PROBABILITIES;
const LITERALS = REPEAT_LENGTHS + LENGTH_PROBABILITIES;

interface Repeats {
  first: number;
  second: number;
  third: number;
  fourth: number;
}

export class LzmaDecoder {
  readonly #output: ByteOutput;
  readonly #range: RangeDecoder;
  #literalContext = 0;
  #literalPositions = 0;
  #positionMask = 0;
  #state = 0;
  #repeats: Repeats = { first: 0, second: 0, third: 0, fourth: 0 };
  #probabilities = freshProbabilities(0);

  constructor(input: ByteInput, output: ByteOutput) {
    this.#output = output;
    this.#range = new RangeDecoder(input);
  }

  /** @throws DecodeFault when the byte says nothing possible. */
  setProperties(byte: number): void {
    if (byte >= 9 * 5 * 5) throw new DecodeFault(`properties ${byte}`);
    this.#literalContext = byte % 9;
    this.#literalPositions = (1 << (Math.floor(byte / 9) % 5)) - 1;
    this.#positionMask = (1 << Math.floor(byte / 45)) - 1;
    this.resetState();
  }

  resetState(): void {
    this.#state = 0;
    this.#repeats = { first: 0, second: 0, third: 0, fourth: 0 };
    const literals = LITERAL_SIZE * (this.#literalPositions + 1) * 2 ** this.#literalContext;
    const count = LITERALS + literals;
    // LZMA2 resets several times a stream, mostly to lists of the same length.
    if (this.#probabilities.length === count) resetProbabilities(this.#probabilities);
    else this.#probabilities = freshProbabilities(count);
  }

  /** Reads the first bytes of the range coder. */
  start(): void {
    this.#range.start();
  }

  /** Whether the range coder is where an encoder leaves it. */
  get isAtRest(): boolean {
    return this.#range.code === 0;
  }

  /** Decodes until the output is `until` long or the end mark comes; tells whether it came. */
  *decode(until: number): Generator<undefined, boolean> {
    for (let steps = 1; this.#output.length < until; steps += 1) {
      if (this.#step(until)) return true;
      if (steps % SLICE === 0) yield;
    }
    return false;
  }

  /** Whether nothing but the end mark follows. */
  takesEndMark(): boolean {
    return this.#step(this.#output.length);
  }

  #step(until: number): boolean {
    const position = this.#output.length - this.#output.dictionaryStart;
    const positionState = position & this.#positionMask;
    const range = this.#range;
    if (range.bit(this.#probabilities, MATCH + (this.#state << 4) + positionState) === 0) {
      if (this.#output.length >= until) throw new DecodeFault('longer than announced');
      this.#literal(position);
      return false;
    }
    let length = 0;
    if (range.bit(this.#probabilities, REPEAT + this.#state) === 0) {
      length = this.#match(positionState);
      if (this.#repeats.first === END_MARK) return true;
    } else length = this.#repeat(positionState);
    const room = until - this.#output.length;
    this.#output.repeat(this.#repeats.first + 1, Math.min(length, room));
    if (length > room) throw new DecodeFault('longer than announced');
    return false;
  }

  #literal(position: number): void {
    const range = this.#range;
    const literals = this.#probabilities;
    const context = this.#output.back(1) >> (8 - this.#literalContext);
    const base = LITERALS + LITERAL_SIZE * (((position & this.#literalPositions) << this.#literalContext) + context);
    if (this.#state < FIRST_LITERAL_STATE) this.#output.push(range.tree(literals, base, 8));
    else {
      let symbol = 1;
      let matched = this.#output.back(this.#repeats.first + 1);
      while (symbol < 0x100) {
        const matchBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = range.bit(literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== matchBit) break;
      }
      while (symbol < 0x100) symbol = (symbol << 1) | range.bit(literals, base + symbol);
      this.#output.push(symbol & 0xff);
    }
    this.#state = stateAfterLiteral(this.#state);
  }

  #match(positionState: number): number {
    const { first, second, third } = this.#repeats;
    const length = this.#length(MATCH_LENGTHS, positionState);
    this.#state = this.#state < FIRST_LITERAL_STATE ? 7 : 10;
    this.#repeats = { first: this.#distance(length), second: first, third: second, fourth: third };
    return length + SHORTEST_MATCH;
  }

  /** One of the last four distances again; a single byte of the last one when nothing longer is said. */
  #repeat(positionState: number): number {
    const range = this.#range;
    const probabilities = this.#probabilities;
    const { first, second, third, fourth } = this.#repeats;
    if (range.bit(probabilities, FIRST + this.#state) === 0) {
      if (range.bit(probabilities, LONG + (this.#state << 4) + positionState) === 0) {
        this.#state = this.#state < FIRST_LITERAL_STATE ? 9 : 11;
        return 1;
      }
    } else if (range.bit(probabilities, SECOND + this.#state) === 0) {
      this.#repeats = { first: second, second: first, third, fourth };
    } else if (range.bit(probabilities, THIRD + this.#state) === 0) {
      this.#repeats = { first: third, second: first, third: second, fourth };
    } else this.#repeats = { first: fourth, second: first, third: second, fourth: third };
    const length = this.#length(REPEAT_LENGTHS, positionState);
    this.#state = this.#state < FIRST_LITERAL_STATE ? 8 : 11;
    return length + SHORTEST_MATCH;
  }

  #length(offset: number, positionState: number): number {
    return decodeLength(this.#range, { probabilities: this.#probabilities, offset }, positionState);
  }

  #distance(length: number): number {
    const range = this.#range;
    const probabilities = this.#probabilities;
    const slot = range.tree(probabilities, SLOTS + (Math.min(length, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + range.reverseTree(probabilities, SPECIAL + base - slot, bits);
    return base + range.direct(bits - 4) * 16 + range.reverseTree(probabilities, ALIGN, 4);
  }
}

function stateAfterLiteral(state: number): number {
  if (state < 4) return 0;
  return state < 10 ? state - 3 : state - 6;
}
