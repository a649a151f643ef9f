/** LZMA behind a header of properties: the old .lzma file, and the member of a zip. */
import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { DecodeFault } from './decode-fault.ts';
import type { Decoder, Decoding } from './decoder.ts';
import { LzmaDecoder } from './lzma-decoder.ts';

const UNKNOWN_SIZE = 0xffff_ffff;

const HEADER = 13;

/** There is no signature: properties that can be, a size that can be, and the zero the coder starts with. */
export function isLzmaAlone(head: Buffer, fileSize: number): boolean {
  if (head.length <= HEADER || fileSize < HEADER + 5 || head[HEADER] !== 0) return false;
  const properties = head.readUInt8();
  const dictionary = head.readUInt32LE(1);
  const size = head.readBigUInt64LE(5);
  // joblib takes the first two bytes of liblzma's defaults for enough.
  const usual = properties === 0x5d && head[1] === 0;
  return (usual || (properties < 225 && isDictionarySize(dictionary))) && (size === 2n ** 64n - 1n || size < 2n ** 38n);
}

/** A power of two, or one and a half of it. */
function isDictionarySize(size: number): boolean {
  const power = 2 ** Math.floor(Math.log2(size));
  return size >= 4096 && (size === power || size === power * 1.5);
}

/** Properties, dictionary size, size of the content or -1 when an end mark follows. */
export function* decodeLzmaAlone(input: ByteInput, output: ByteOutput): Decoding {
  const properties = input.byte();
  input.uint32();
  const [low, high] = [input.uint32(), input.uint32()];
  const size = low === UNKNOWN_SIZE && high === UNKNOWN_SIZE ? undefined : high * 2 ** 32 + low;
  yield* decodeBody({ input, output, properties, size });
}

/** APPNOTE 5.8: version, length of the properties, properties. @param size unless an end mark follows. */
export function decodeZipLzma(size: number | undefined): Decoder {
  return function* decodeMember(input, output) {
    input.take(2);
    const [length, high] = [input.byte(), input.byte()];
    if (length !== 5 || high !== 0) throw new DecodeFault('properties');
    const properties = input.byte();
    input.uint32();
    yield* decodeBody({ input, output, properties, size });
  };
}

/** A stream without any header, as 7z keeps it. */
export function decodeRawLzma(properties: number, size: number): Decoder {
  return (input, output) => decodeBody({ input, output, properties, size });
}

interface Body {
  readonly input: ByteInput;
  readonly output: ByteOutput;
  readonly properties: number;
  readonly size: number | undefined;
}

function* decodeBody({ input, output, properties, size }: Body): Decoding {
  const lzma = new LzmaDecoder(input, output);
  lzma.setProperties(properties);
  lzma.start();
  const marked = yield* lzma.decode(size ?? Number.POSITIVE_INFINITY);
  if (marked && size !== undefined && output.length < size) throw new DecodeFault('shorter than announced');
  // A known size may be followed by an end mark all the same.
  if (!marked && !lzma.isAtRest && !lzma.takesEndMark()) throw new DecodeFault('end');
}
