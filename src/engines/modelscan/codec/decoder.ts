import type { ByteInput } from './byte-input.ts';
import type { ByteOutput } from './byte-output.ts';

/** Work that stops for breath after each slice. */
export type Decoding = Generator<undefined, void>;

/** @throws DecodeFault, UnsupportedStream, LimitReached; what came out before stays in the output. */
export type Decoder = (input: ByteInput, output: ByteOutput) => Decoding;
