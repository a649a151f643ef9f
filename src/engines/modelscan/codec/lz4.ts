/** LZ4 frames (lz4_Frame_format.md 1.6.4), several one behind the other; checksums are not compared. */
import { MIB } from '#kernel/units';

import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { DecodeFault, UnsupportedStream } from './decode-fault.ts';
import type { Decoding } from './decoder.ts';

const MAGIC = 0x184d_2204;
const LARGEST_BLOCK = 4 * MIB;
const PLAIN_BLOCK = 0x8000_0000;
const SHORTEST_MATCH = 4;

export function* decodeLz4(input: ByteInput, output: ByteOutput): Decoding {
  do {
    const magic = input.uint32();
    if (magic === MAGIC) yield* decodeFrame(input, output);
    else input.take(input.uint32());
  } while (input.remaining >= 4 && isFrame(input.peek(4).readUInt32LE()));
}

/** A frame of data, or one that readers step over. */
function isFrame(magic: number): boolean {
  return magic === MAGIC || (magic & 0xffff_fff0) >>> 0 === 0x184d_2a50;
}

function* decodeFrame(input: ByteInput, output: ByteOutput): Decoding {
  const flags = input.byte();
  if (flags >> 6 !== 1) throw new DecodeFault('version');
  if ((flags & 1) !== 0) throw new UnsupportedStream('dictionary');
  input.take(1 + ((flags & 8) === 0 ? 0 : 8) + 1);
  const independent = (flags & 0x20) !== 0;
  output.dictionaryStart = output.length;
  for (let size = input.uint32(); size !== 0; size = input.uint32()) {
    const length = size % PLAIN_BLOCK;
    if (length > LARGEST_BLOCK) throw new DecodeFault(`block of ${length} bytes`);
    if (independent) output.dictionaryStart = output.length;
    const block = input.take(length);
    if (size >= PLAIN_BLOCK) output.append(block);
    else decodeLz4Block(block, output);
    if ((flags & 0x10) !== 0) input.take(4);
    yield;
  }
  if ((flags & 4) !== 0) input.take(4);
}

function decodeLz4Block(block: Buffer, output: ByteOutput): void {
  let at = 0;
  function extended(nibble: number): number {
    let length = nibble;
    for (let more = nibble === 15; more; at += 1) {
      const byte = block[at];
      if (byte === undefined) throw new DecodeFault('block cut off');
      length += byte;
      more = byte === 255;
    }
    return length;
  }
  while (at < block.length) {
    const token = block[at] ?? 0;
    at += 1;
    const literals = extended(token >> 4);
    if (literals > block.length - at) throw new DecodeFault('block cut off');
    output.append(block.subarray(at, at + literals));
    at += literals;
    // The last sequence is literals only.
    if (at === block.length) return;
    if (at + 2 > block.length) throw new DecodeFault('block cut off');
    const distance = block.readUInt16LE(at);
    at += 2;
    const length = extended(token & 15) + SHORTEST_MATCH;
    if (distance === 0) throw new DecodeFault('distance 0');
    output.repeat(distance, length);
  }
}
