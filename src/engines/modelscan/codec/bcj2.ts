/** BCJ2 (LZMA SDK, Bcj2.c): targets of calls and jumps of x86 code in two streams of their own, and bits that say where. */
import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import type { Decoder, Decoding } from './decoder.ts';
import { freshProbabilities, RangeDecoder } from './range-decoder.ts';

const CALL = 0xe8;
const JUMP = 0xe9;
const CONTEXTS = 258;
const BREATH = 1 << 16;

/** A decoder of the main stream; the other three are given. @param size bytes that come out */
export function bcj2(calls: ByteInput, jumps: ByteInput, marks: ByteInput, size: number): Decoder {
  return (input, output) => decode({ input, calls, jumps, marks, size }, output);
}

interface Streams {
  readonly input: ByteInput;
  readonly calls: ByteInput;
  readonly jumps: ByteInput;
  readonly marks: ByteInput;
  readonly size: number;
}

function* decode({ input, calls, jumps, marks, size }: Streams, output: ByteOutput): Decoding {
  const range = new RangeDecoder(marks);
  const probabilities = freshProbabilities(CONTEXTS);
  range.start();
  let before = 0;
  while (output.length < size) {
    if (output.length % BREATH === 0) yield;
    const byte = input.byte();
    output.push(byte);
    const branch = (byte & 0xfe) === CALL || (before === 0x0f && (byte & 0xf0) === 0x80);
    if (!branch || output.length === size || range.bit(probabilities, contextOf(byte, before)) === 0) {
      before = byte;
      continue;
    }
    const target = (bigEndian(byte === CALL ? calls : jumps) - (output.length + 4)) >>> 0;
    for (let shift = 0; shift < 32 && output.length < size; shift += 8) output.push((target >>> shift) & 0xff);
    before = target >>> 24;
  }
}

function contextOf(byte: number, before: number): number {
  if (byte === CALL) return before;
  return byte === JUMP ? 256 : 257;
}

function bigEndian(input: ByteInput): number {
  return ((input.byte() << 24) | (input.byte() << 16) | (input.byte() << 8) | input.byte()) >>> 0;
}
