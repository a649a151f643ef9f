/** Decompression for the scanner: streamed off the thread, bounded, into memory only. */

import { Readable, type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

import { KIB, MIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ByteOutput } from '../codec/byte-output.ts';
import type { Decoded } from '../codec/decode.ts';
import { LimitReached } from '../codec/decode-fault.ts';

export type ZlibCodec = 'deflate-raw' | 'zlib' | 'zstd';

const PIECE = 64 * KIB;

/** What came out before a fault is kept. @throws only the abort reason. */
export async function inflate(
  source: ByteSource,
  codec: ZlibCodec,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Decoded> {
  const atOnce = inflateSmall(source, codec, limit);
  if (atOnce !== undefined) return atOnce;
  const output = new ByteOutput(limit);
  const collector = new Writable({
    write(piece: Buffer, _encoding, done) {
      done(fault(() => output.append(piece)));
    },
  });
  const decoder = decoderOf(codec);
  const end = await pipeline(
    Readable.from(piecesOf(source)),
    decoder,
    collector,
    signal === undefined ? {} : { signal },
  ).then(
    () => 'complete' as const,
    (error: unknown) => {
      signal?.throwIfAborted();
      return error instanceof LimitReached ? ('limit' as const) : ('damaged' as const);
    },
  );
  return { content: output.content, end, consumed: decoder.bytesWritten };
}

/** What it throws, as streams want to have it. */
function fault(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const SMALL_INPUT = 16 * KIB;
/** What may come out of a small input at once; at the highest ratio it is more, and goes the long way. */
const SMALL_OUTPUT = MIB;
const LEAST_CHUNK = KIB;
const atOnce = { 'deflate-raw': inflateRawSync, zlib: inflateSync, zstd: zstdDecompressSync } as const;

/** A small stream that is sound, in one go: handing it to another thread takes longer. */
function inflateSmall(source: ByteSource, codec: ZlibCodec, limit: number): Decoded | undefined {
  if (source.size > SMALL_INPUT) return undefined;
  try {
    const chunkSize = Math.max(LEAST_CHUNK, Math.min(4 * source.size, PIECE));
    const options = { maxOutputLength: Math.min(limit, SMALL_OUTPUT), info: true, chunkSize };
    const result: unknown = atOnce[codec](source.read(0, source.size), options);
    return isInfo(result)
      ? { content: result.buffer, end: 'complete', consumed: result.engine.bytesWritten }
      : undefined;
  } catch {
    // Damaged or too long: the stream keeps what comes out before.
    return undefined;
  }
}

/** What node:zlib gives with the option `info`. */
function isInfo(value: unknown): value is { buffer: Buffer; engine: { bytesWritten: number } } {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'engine' in value;
}

function decoderOf(codec: ZlibCodec): Transform & { readonly bytesWritten: number } {
  switch (codec) {
    case 'deflate-raw':
      return createInflateRaw();
    case 'zlib':
      return createInflate();
    case 'zstd':
      return createZstdDecompress();
    default:
      return codec satisfies never;
  }
}

function* piecesOf(source: ByteSource): Generator<Buffer> {
  for (let offset = 0; offset < source.size; offset += PIECE) yield source.read(offset, PIECE);
}
