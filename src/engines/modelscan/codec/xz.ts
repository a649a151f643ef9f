/** The .xz format (xz-file-format 1.2.1): streams of blocks, each with its check. Filters before LZMA2 are undone by block. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { bufferSource } from '../byte-source.ts';
import { isKnownFilter, undoFilter } from './branch-filters.ts';
import { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { crc64 } from './crc64.ts';
import { DecodeFault, UnsupportedStream } from './decode-fault.ts';
import type { Decoding } from './decoder.ts';
import { decodeLzma2 } from './lzma2.ts';

const STREAM_MAGIC = Buffer.from('fd377a585a00', 'hex');
const FOOTER_MAGIC = 'YZ';
const FOOTER_SIZE = 12;
const LZMA2 = 0x21;
const LONGEST_NUMBER = 9;
/** Length of the check by its id; the ids between are reserved but have these lengths too. */
const checkLengths = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

export function* decodeXz(input: ByteInput, output: ByteOutput): Decoding {
  do {
    yield* decodeXzStream(input, output);
    // Padding between streams is a multiple of four zeros.
    while (input.remaining >= 4 && input.peek(4).equals(Buffer.alloc(4))) input.take(4);
  } while (input.peek(STREAM_MAGIC.length).equals(STREAM_MAGIC));
}

function* decodeXzStream(input: ByteInput, output: ByteOutput): Decoding {
  if (!input.take(STREAM_MAGIC.length).equals(STREAM_MAGIC)) throw new DecodeFault('magic');
  const flags = input.take(2);
  if (input.uint32() !== crc32(flags)) throw new DecodeFault('header');
  const check = flags[1] ?? 0;
  if (flags[0] !== 0 || check > 15) throw new UnsupportedStream('flags');
  let blocks = 0;
  while (input.peek(1)[0] !== 0) {
    yield* decodeBlock(input, output, check);
    blocks += 1;
  }
  skipIndex(input, blocks);
  const footer = input.take(FOOTER_SIZE);
  if (footer.toString('latin1', 10) !== FOOTER_MAGIC || footer.readUInt32LE() !== crc32(footer.subarray(4, 10)))
    throw new DecodeFault('footer');
}

function* decodeBlock(input: ByteInput, output: ByteOutput, check: number): Decoding {
  const header = input.take(((input.peek(1)[0] ?? 0) + 1) * 4);
  const body = header.subarray(0, -4);
  if (header.readUInt32LE(body.length) !== crc32(body)) throw new DecodeFault('block header');
  const filters = readFilters(body);
  const [start, from] = [input.position, output.length];
  output.dictionaryStart = output.length;
  try {
    yield* decodeLzma2(input, output);
  } finally {
    // A block that breaks off is looked at as far as it goes.
    const content = output.content.subarray(from);
    for (const { id, properties } of filters.toReversed()) undoFilter(id, properties, content);
  }
  input.take((4 - ((input.position - start) % 4)) % 4);
  const stated = input.take(checkLengths[check] ?? 0);
  if (!checkHolds(check, output.content.subarray(from), stated)) throw new DecodeFault('check');
}

interface XzFilter {
  readonly id: number;
  readonly properties: Buffer;
}

/** The filters before LZMA2, which is the last; sizes may stand before the list. @throws UnsupportedStream */
function readFilters(body: Buffer): readonly XzFilter[] {
  const flags = body[1] ?? 0;
  const header = new ByteInput(bufferSource(body), 2);
  for (const flag of [0x40, 0x80]) if ((flags & flag) !== 0) number(header);
  const filters = Array.from({ length: (flags & 3) + 1 }, () => {
    const id = number(header);
    return { id, properties: header.take(number(header)) };
  });
  const last = filters.pop();
  if (last?.id !== LZMA2 || !filters.every(({ id }) => isKnownFilter(id))) throw new UnsupportedStream('filter');
  return filters;
}

function checkHolds(check: number, content: Buffer, stated: Buffer): boolean {
  switch (check) {
    case 1:
      return stated.readUInt32LE() === crc32(content);
    case 4:
      return stated.equals(crc64(content));
    case 10:
      return stated.equals(createHash('sha256').update(content).digest());
    default:
      return true;
  }
}

function skipIndex(input: ByteInput, blocks: number): void {
  const start = input.position;
  input.byte();
  const count = number(input);
  if (count !== blocks) throw new DecodeFault('index');
  for (let index = 0; index < 2 * count; index += 1) number(input);
  input.take((4 - ((input.position - start) % 4)) % 4);
  input.take(4);
}

function number(input: ByteInput): number {
  let value = 0;
  for (let index = 0; index < LONGEST_NUMBER; index += 1) {
    const byte = input.byte();
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return value;
  }
  throw new DecodeFault('number');
}
