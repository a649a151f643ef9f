/** Decompression in this thread for what node:zlib does not read: bounded, in slices, into memory only. */
import type { ByteSource } from '../byte-source.ts';
import type { Breathing } from '../scan-context.ts';
import { ByteInput } from './byte-input.ts';
import { ByteOutput } from './byte-output.ts';
import { decodeBzip2 } from './bzip2.ts';
import { DecodeFault, LimitReached, UnsupportedStream } from './decode-fault.ts';
import type { Decoder } from './decoder.ts';
import { decodeLz4 } from './lz4.ts';
import { decodeLzmaAlone } from './lzma-file.ts';
import { decodeXz } from './xz.ts';

export type OwnCodec = 'bzip2' | 'xz' | 'lzma' | 'lz4';

export interface Decoded {
  readonly content: Buffer;
  /** How it ended: whole, cut at the limit, broken off by damage, or at something not implemented. */
  readonly end: 'complete' | 'limit' | 'damaged' | 'unsupported';
  /** Compressed bytes that were used. */
  readonly consumed: number;
}

export interface DecodeOptions {
  readonly limit: number;
  /** Asked between slices. */
  readonly breathing: Breathing;
}

const decoders: Readonly<Record<OwnCodec, Decoder>> = {
  bzip2: decodeBzip2,
  xz: decodeXz,
  lzma: decodeLzmaAlone,
  lz4: decodeLz4,
};

export function decoderOf(codec: OwnCodec): Decoder {
  return decoders[codec];
}

/** What came out before a fault is kept. @throws what `breathing` throws. */
export async function decode(
  source: ByteSource,
  decoder: Decoder,
  { limit, breathing }: DecodeOptions,
): Promise<Decoded> {
  const input = new ByteInput(source);
  const output = new ByteOutput(limit);
  const work = decoder(input, output);
  for (;;) {
    let end: Decoded['end'] | undefined;
    try {
      end = work.next().done === true ? 'complete' : undefined;
    } catch (error) {
      end = endOf(error);
    }
    if (end !== undefined) return { content: output.content, end, consumed: input.position };
    if (breathing.needsBreath()) await breathing.breathe();
  }
}

function endOf(error: unknown): Decoded['end'] {
  if (error instanceof LimitReached) return 'limit';
  if (error instanceof UnsupportedStream) return 'unsupported';
  if (error instanceof DecodeFault) return 'damaged';
  throw error;
}
