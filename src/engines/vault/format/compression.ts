/**
 * zstd where it pays: JSON, logs and databases as they are; model weights by the bytes that hold sign and exponent, which
 * are alike from number to number, while the bits of the mantissa are noise that no compressor shrinks.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { freeMemory } from '#kernel/free-memory';
import { KIB } from '#kernel/units';
import { joinNumbers, numbersIn, splitNumbers } from './number-bytes.ts';
import type { NumberVectors, NumberWidth } from './number-vectors.ts';
import { Workspace } from './workspace.ts';

/**
 * Byte 7 of an envelope. 0: the plaintext itself. 1: a zstd frame of it. 2 and 4: it consists of numbers of so many
 * bytes; all bytes but the last of each number, in order, then a zstd frame of those last bytes.
 */
export type Compression = 0 | 1 | NumberWidth;

export interface CompressedBody {
  readonly compression: Compression;
  readonly body: Uint8Array;
}

const SAMPLE_BYTES = 32 * KIB;
const SAMPLES = 3;
/** Below this a frame of its own saves less than it costs. */
const SMALLEST = 256;
/** Up to this the sample would be most of the work. */
const UNSAMPLED = 512 * KIB;
/** Share of the bytes that must be saved for the reader's time. Numbers are read back much faster than whole frames. */
const WORTHWHILE = 0.1;
const WORTHWHILE_NUMBERS = 0.05;
/** Level 3 takes 1.8 times as long and saves 2 % more of texts (ADR 0032); of exponents it saves no more at all. */
const LEVEL = 1;
/** Used again from call to call: what lies in it is read before the next one. */
const topBytes = new Workspace();
const bodies = new Workspace();

/** What a thread lends: memory beside the chunk's, and vectors over both. */
export interface CompressionRoom {
  /** As long as a chunk and a little more; its contents are lost. */
  readonly scratch?: Uint8Array | undefined;
  readonly vectors?: NumberVectors | undefined;
}

/**
 * The plaintext itself when a sample says, or the result shows, that compressing does not pay. The body is good until the
 * next call.
 */
export function compressIfItPays(plain: Uint8Array, room: CompressionRoom = {}): CompressedBody {
  const compression = plain.byteLength <= UNSAMPLED ? 1 : promising(plain);
  if (compression === 0 || plain.byteLength < SMALLEST) return { compression: 0, body: plain };
  const body = compression === 1 ? frameOf(plain) : compressNumbers(plain, compression, room);
  const limit = compression === 1 ? 1 - WORTHWHILE : 1;
  if (body.byteLength < plain.byteLength * limit) return { compression, body };
  if (compression === 1) freeMemory(body);
  return { compression: 0, body: plain };
}

export function compressionOf(code: number | undefined): Compression | undefined {
  return code === 0 || code === 1 || code === 2 || code === 4 ? code : undefined;
}

export interface DecompressionRoom {
  /** Memory for numbers, of the plaintext's length. */
  readonly into?: Uint8Array | undefined;
  /** All memory from where the body begins, which is lost. */
  readonly around?: Uint8Array | undefined;
  readonly vectors?: NumberVectors | undefined;
}

/** The content, or undefined when the body is broken or longer than it says. */
export function decompress(
  { compression, body }: CompressedBody,
  plainBytes: number,
  { into, around, vectors }: DecompressionRoom = {},
): Uint8Array | undefined {
  try {
    if (compression === 0) return body;
    if (compression === 1) return inflate(body, plainBytes);
    const count = numbersIn(plainBytes, compression);
    const rest = body.subarray(0, plainBytes - count);
    const top = inflate(body.subarray(plainBytes - count), count);
    if (top.byteLength !== count) return undefined;
    const place = vectors === undefined ? undefined : around?.subarray(rest.byteLength, plainBytes);
    const near = place?.byteLength === count ? place : undefined;
    // Where the frame was: it has served.
    near?.set(top);
    const plain = joinNumbers({ top: near ?? top, rest }, compression, { into, vectors });
    freeMemory(top);
    return plain;
  } catch {
    return undefined;
  }
}

/** Share of its bytes that a file like this sample loses in a frame. */
export function frameSaves(sample: Uint8Array): number {
  return 1 - frameBytes(sample) / sample.byteLength;
}

/** Pieces from begin, middle and end. */
export function samplesOf(plain: Uint8Array): readonly Uint8Array[] {
  if (plain.byteLength <= SAMPLES * SAMPLE_BYTES) return [plain];
  // Numbers of four bytes must be whole in each piece.
  const last = plain.byteLength - SAMPLE_BYTES;
  return Array.from({ length: SAMPLES }, (_, index) => {
    const start = Math.floor((index * last) / (SAMPLES - 1) / 4) * 4;
    return plain.subarray(start, start + SAMPLE_BYTES);
  });
}

function promising(plain: Uint8Array): Compression {
  const samples = samplesOf(plain);
  const whole = mean(samples.map(frameSaves));
  const [two, four] = [
    mean(samples.map((each) => numbersSave(each, 2))),
    mean(samples.map((each) => numbersSave(each, 4))),
  ];
  if (whole >= WORTHWHILE && whole >= Math.max(two, four)) return 1;
  if (Math.max(two, four) < WORTHWHILE_NUMBERS) return 0;
  return two >= four ? 2 : 4;
}

function numbersSave(sample: Uint8Array, width: NumberWidth): number {
  const { top } = splitNumbers(sample, width);
  return (top.byteLength - frameBytes(top)) / sample.byteLength;
}

function compressNumbers(plain: Uint8Array, width: NumberWidth, { scratch, vectors }: CompressionRoom): Uint8Array {
  const count = numbersIn(plain.byteLength, width);
  const restBytes = plain.byteLength - count;
  // A frame of what does not shrink is a little longer.
  const bodyRoom = plain.byteLength + KIB + (count >>> 8);
  const isRoomy = scratch !== undefined && scratch.byteLength >= bodyRoom;
  const body = isRoomy ? scratch : bodies.bytes(bodyRoom);
  // In the scratch they lie where their frame goes afterwards.
  const tops = isRoomy ? scratch.subarray(restBytes, plain.byteLength) : topBytes.bytes(count);
  const into = { top: tops, rest: body.subarray(0, restBytes) };
  const { top } = splitNumbers(plain, width, { into, vectors });
  const frame = frameOf(top);
  const bodyBytes = restBytes + frame.byteLength;
  body.set(frame, restBytes);
  freeMemory(frame);
  return body.subarray(0, bodyBytes);
}

function frameBytes(plain: Uint8Array): number {
  const frame = frameOf(plain);
  const { byteLength } = frame;
  freeMemory(frame);
  return byteLength;
}

/** One piece of memory for the result instead of many of 16 KiB that are joined afterwards. */
function frameOf(plain: Uint8Array): Uint8Array {
  const chunkSize = plain.byteLength + (plain.byteLength >>> 8) + KIB;
  return zstdCompressSync(plain, { chunkSize, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}

function inflate(frame: Uint8Array, plainBytes: number): Uint8Array {
  return zstdDecompressSync(frame, { maxOutputLength: Math.max(1, plainBytes), chunkSize: Math.max(KIB, plainBytes) });
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
