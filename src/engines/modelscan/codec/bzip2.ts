/** bzip2: blocks of Huffman codes over move-to-front over the Burrows-Wheeler transform over run lengths. */

import { BitInput } from './bit-input.ts';
import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { bzip2Crc } from './bzip2-crc.ts';
import { readSymbols } from './bzip2-symbols.ts';
import { DecodeFault, UnsupportedStream } from './decode-fault.ts';
import type { Decoding } from './decoder.ts';

const BLOCK_MARK = 0x3141_5926_5359;
const END_MARK = 0x1772_4538_5090;
const MAGIC = 'BZh';
/** So many equal bytes are followed by a count of more. */
const RUN = 4;

export function* decodeBzip2(input: ByteInput, output: ByteOutput): Decoding {
  do yield* decodeBzip2Stream(input, output);
  while (input.peek(MAGIC.length).toString('latin1') === MAGIC);
}

function* decodeBzip2Stream(input: ByteInput, output: ByteOutput): Decoding {
  const header = input.take(4).toString('latin1');
  if (!/^BZh[1-9]$/.test(header)) throw new DecodeFault('header');
  const blockSize = Number(header[3]) * 100_000;
  const bits = new BitInput(input);
  let combined = 0;
  for (;;) {
    const mark = bits.bits(24) * 2 ** 24 + bits.bits(24);
    const stated = bits.uint32();
    if (mark === END_MARK) {
      if (stated !== combined) throw new DecodeFault('checksum');
      bits.align();
      return;
    }
    if (mark !== BLOCK_MARK) throw new DecodeFault('block mark');
    const from = output.length;
    decodeBlock(bits, blockSize, output);
    if (bzip2Crc(output.content.subarray(from)) !== stated) throw new DecodeFault('checksum');
    combined = (((combined << 1) | (combined >>> 31)) ^ stated) >>> 0;
    yield;
  }
}

function decodeBlock(bits: BitInput, blockSize: number, output: ByteOutput): void {
  // Written by versions before 0.9.5 only.
  if (bits.bits(1) === 1) throw new UnsupportedStream('randomised block');
  const origin = bits.bits(24);
  const column = readSymbols(bits, blockSize);
  if (origin >= column.length) throw new DecodeFault('origin');
  const order = inverseOrder(column);
  let at = order[origin] ?? 0;
  let run = 0;
  let last = -1;
  for (let left = column.length; left > 0; left -= 1) {
    const byte = column[at] ?? 0;
    at = order[at] ?? 0;
    if (run === RUN) {
      output.fill(last, byte);
      run = 0;
      last = -1;
      continue;
    }
    run = byte === last ? run + 1 : 1;
    last = byte;
    output.push(byte);
  }
}

/** Where in the last column each entry of the sorted first column stands. */
function inverseOrder(column: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (const byte of column) starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  for (let byte = 1; byte < 256; byte += 1) starts[byte] = (starts[byte] ?? 0) + (starts[byte - 1] ?? 0);
  const order = new Uint32Array(column.length);
  for (let index = 0; index < column.length; index += 1) {
    const byte = column[index] ?? 0;
    const place = starts[byte] ?? 0;
    order[place] = index;
    starts[byte] = place + 1;
  }
  return order;
}
