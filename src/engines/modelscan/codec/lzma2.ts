/** LZMA2 (xz-file-format 5.3.1): chunks of LZMA or of plain bytes. */
import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';
import { DecodeFault } from './decode-fault.ts';
import type { Decoding } from './decoder.ts';
import { LzmaDecoder } from './lzma-decoder.ts';

const PLAIN_WITH_NEW_DICTIONARY = 1;
const PLAIN = 2;
const FIRST_LZMA = 0x80;

export function* decodeLzma2(input: ByteInput, output: ByteOutput): Decoding {
  const lzma = new LzmaDecoder(input, output);
  for (let control = input.byte(); control !== 0; control = input.byte()) {
    if (control === PLAIN_WITH_NEW_DICTIONARY || control >= 0xe0) output.dictionaryStart = output.length;
    if (control < FIRST_LZMA) {
      if (control > PLAIN) throw new DecodeFault(`control ${control}`);
      output.append(input.take(big16(input) + 1));
    } else yield* decodeChunk(lzma, control, input, output);
    yield;
  }
}

/** Resets by the upper bits: nothing, the state, the state and its properties, the dictionary too. */
function* decodeChunk(lzma: LzmaDecoder, control: number, input: ByteInput, output: ByteOutput): Decoding {
  const size = (control & 0x1f) * 0x1_0000 + big16(input) + 1;
  const packed = big16(input) + 1;
  const reset = (control >> 5) & 3;
  if (reset >= 2) lzma.setProperties(input.byte());
  else if (reset === 1) lzma.resetState();
  const end = input.position + packed;
  lzma.start();
  if (yield* lzma.decode(output.length + size)) throw new DecodeFault('end mark in a chunk');
  if (input.position !== end) throw new DecodeFault('chunk of another size');
}

function big16(input: ByteInput): number {
  return input.byte() * 256 + input.byte();
}
