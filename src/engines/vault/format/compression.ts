/**
 * zstd where it pays: JSON, logs and databases as they are; model weights by the bytes that hold sign and exponent, which
 * are alike from number to number, while the bits of the mantissa are noise that no compressor shrinks.
 */
import { KIB } from '#kernel/units';
import { joinNumbers, numbersIn, splitNumbers } from './number-bytes.ts';
import type { NumberVectors, NumberWidth } from './number-vectors.ts';
import { Workspace } from './workspace.ts';
import { frameBound, nodeZstd, type Zstd } from './zstd.ts';

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
/** Used again from call to call: what lies in it is read before the next one. */
const topBytes = new Workspace();
const bodies = new Workspace();

/** What a thread lends. */
export interface CompressionTools {
  /** Node's own functions unless given. */
  readonly zstd?: Zstd | undefined;
  /** Quicker for numbers where they lie in their memory. */
  readonly vectors?: NumberVectors | undefined;
  /** As long as the last bytes of all numbers of a chunk; its contents are lost. */
  readonly tops?: Uint8Array | undefined;
}

export interface CompressionRoom extends CompressionTools {
  /** As long as a chunk and a little more; its contents are lost. */
  readonly scratch?: Uint8Array | undefined;
}

/**
 * The plaintext itself when a sample says, or the result shows, that compressing does not pay. The body is good until the
 * next call.
 */
export function compressIfItPays(plain: Uint8Array, room: CompressionRoom = {}): CompressedBody {
  const compression = plain.byteLength <= UNSAMPLED ? 1 : promising(plain, room.zstd);
  if (compression === 0 || plain.byteLength < SMALLEST) return { compression: 0, body: plain };
  const { zstd = nodeZstd } = room;
  const body = compression === 1 ? zstd.compress(plain, room.scratch) : compressNumbers(plain, compression, room);
  const limit = compression === 1 ? 1 - WORTHWHILE : 1;
  if (body.byteLength < plain.byteLength * limit) return { compression, body };
  if (compression === 1) zstd.release(body);
  return { compression: 0, body: plain };
}

export function compressionOf(code: number | undefined): Compression | undefined {
  return code === 0 || code === 1 || code === 2 || code === 4 ? code : undefined;
}

export interface DecompressionRoom extends CompressionTools {
  /** Memory for the content, of the plaintext's length; numbers always come there, frames where zstd takes memory. */
  readonly into?: Uint8Array | undefined;
}

/** The content, or undefined when the body is broken or longer than it says. */
export function decompress(
  { compression, body }: CompressedBody,
  plainBytes: number,
  { into, tops, vectors, zstd = nodeZstd }: DecompressionRoom = {},
): Uint8Array | undefined {
  try {
    if (compression === 0) return body;
    if (compression === 1) return zstd.decompress(body, plainBytes, into);
    const count = numbersIn(plainBytes, compression);
    const rest = body.subarray(0, plainBytes - count);
    const place = tops !== undefined && tops.byteLength >= count ? tops.subarray(0, count) : undefined;
    const top = zstd.decompress(body.subarray(plainBytes - count), count, place);
    if (top.byteLength !== count) return undefined;
    if (top.buffer !== place?.buffer) place?.set(top);
    const plain = joinNumbers({ top: place ?? top, rest }, compression, { into, vectors });
    zstd.release(top);
    return plain;
  } catch {
    return undefined;
  }
}

/** Share of its bytes that a file like this sample loses in a frame. */
export function frameSaves(sample: Uint8Array, zstd?: Zstd): number {
  return 1 - frameBytes(sample, zstd) / sample.byteLength;
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

function promising(plain: Uint8Array, zstd: Zstd | undefined): Compression {
  const samples = samplesOf(plain);
  const whole = mean(samples.map((each) => frameSaves(each, zstd)));
  const [two, four] = [
    mean(samples.map((each) => numbersSave(each, 2, zstd))),
    mean(samples.map((each) => numbersSave(each, 4, zstd))),
  ];
  if (whole >= WORTHWHILE && whole >= Math.max(two, four)) return 1;
  if (Math.max(two, four) < WORTHWHILE_NUMBERS) return 0;
  return two >= four ? 2 : 4;
}

function numbersSave(sample: Uint8Array, width: NumberWidth, zstd: Zstd | undefined): number {
  const count = numbersIn(sample.byteLength, width);
  const into = { top: topBytes.bytes(count), rest: bodies.bytes(sample.byteLength - count) };
  const { top } = splitNumbers(sample, width, { into });
  return (top.byteLength - frameBytes(top, zstd)) / sample.byteLength;
}

function compressNumbers(
  plain: Uint8Array,
  width: NumberWidth,
  { scratch, tops, vectors, zstd = nodeZstd }: CompressionRoom,
): Uint8Array {
  const count = numbersIn(plain.byteLength, width);
  const restBytes = plain.byteLength - count;
  const bodyRoom = restBytes + frameBound(count);
  const isRoomy = (scratch?.byteLength ?? 0) >= bodyRoom && (tops?.byteLength ?? 0) >= count;
  const body = isRoomy && scratch !== undefined ? scratch : bodies.bytes(bodyRoom);
  const topRoom = isRoomy && tops !== undefined ? tops.subarray(0, count) : topBytes.bytes(count);
  const { top } = splitNumbers(plain, width, { into: { top: topRoom, rest: body.subarray(0, restBytes) }, vectors });
  const frame = zstd.compress(top, body.subarray(restBytes, bodyRoom));
  const { byteLength } = frame;
  if (frame.buffer !== body.buffer) body.set(frame, restBytes);
  zstd.release(frame);
  return body.subarray(0, restBytes + byteLength);
}

function frameBytes(plain: Uint8Array, zstd: Zstd = nodeZstd): number {
  const frame = zstd.compress(plain);
  const { byteLength } = frame;
  zstd.release(frame);
  return byteLength;
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
