/**
 * zstd frames. Node's functions make a context and memory for the result at each call: half of the time that small frames take,
 * and the garbage collector's afterwards. The zstd that Node carries along can be called itself, with contexts that are used again.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { freeMemory } from '#kernel/free-memory';
import { KIB } from '#kernel/units';
import { type LoadedZstd, loadZstdLibrary } from '../file-system/load-c-library.ts';
import { Workspace } from './workspace.ts';

export interface Zstd {
  /** @returns a frame, in `room` where that is long enough; good until the next call. */
  compress(plain: Uint8Array, room?: Uint8Array): Uint8Array;
  /**
   * @returns the content, in `room` where that is long enough.
   * @throws unless it is at least one whole frame, and of at most so many bytes.
   */
  decompress(frame: Uint8Array, plainBytes: number, room?: Uint8Array): Uint8Array;
  /** What a call gave has served; nothing where it lies in the room. */
  release(result: Uint8Array): void;
}

/** Level 3 takes 1.8 times as long and saves 2 % more of texts (ADR 0032); of exponents it saves no more at all. */
const LEVEL = 1;

/** By Node's own functions, which take no memory of the caller's. */
export const nodeZstd: Zstd = {
  compress(plain) {
    // One piece of memory for the result instead of many of 16 KiB that are joined afterwards.
    const chunkSize = frameBound(plain.byteLength);
    return zstdCompressSync(plain, { chunkSize, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  },
  decompress(frame, plainBytes) {
    return zstdDecompressSync(frame, {
      maxOutputLength: Math.max(1, plainBytes),
      chunkSize: Math.max(KIB, plainBytes),
    });
  },
  release: freeMemory,
};

let loading: Promise<LoadedZstd | undefined> | undefined;

/** Contexts of the caller's own: for one thread, and one call at a time. Node's functions where zstd cannot be called itself. */
export async function openZstd(): Promise<Zstd> {
  loading ??= loadZstdLibrary();
  const library = await loading;
  return library === undefined || library.versionNumber() < OLDEST ? nodeZstd : new KeptContexts(library);
}

/** 1.4.0, the first whose interface is declared stable. */
const OLDEST = 10_400;

class KeptContexts implements Zstd {
  readonly #library: LoadedZstd;
  readonly #frames = new Workspace();
  #compression: Uint8Array | undefined;
  #decompression: Uint8Array | undefined;

  constructor(library: LoadedZstd) {
    this.#library = library;
  }

  compress(plain: Uint8Array, room?: Uint8Array): Uint8Array {
    const bound = frameBound(plain.byteLength);
    const to = room !== undefined && room.byteLength >= bound ? room : this.#frames.bytes(bound);
    const { compress } = this.#library;
    const written = compress(this.#compressor(), to, to.byteLength, plain, plain.byteLength, LEVEL);
    return part(to, written);
  }

  decompress(frame: Uint8Array, plainBytes: number, room?: Uint8Array): Uint8Array {
    // To zstd, nothing is no frames and no error.
    if (frame.byteLength === 0) throw new RangeError('no zstd frame');
    const to = room !== undefined && room.byteLength >= plainBytes ? room : new Uint8Array(plainBytes);
    const { decompress } = this.#library;
    return part(to, decompress(this.#decompressor(), to, plainBytes, frame, frame.byteLength));
  }

  release(): void {}

  #compressor(): Uint8Array {
    const { estimateCompressionBytes, initCompression } = this.#library;
    this.#compression ??= contextIn(estimateCompressionBytes(LEVEL), initCompression);
    return this.#compression;
  }

  #decompressor(): Uint8Array {
    const { estimateDecompressionBytes, initDecompression } = this.#library;
    this.#decompression ??= contextIn(estimateDecompressionBytes(), initDecompression);
    return this.#decompression;
  }
}

/** Memory of ours: it goes with the thread, whose end nobody announces. */
function contextIn(bytes: number, init: (memory: Uint8Array, bytes: number) => unknown): Uint8Array {
  const memory = new Uint8Array(bytes);
  if (init(memory, bytes) === null) throw new Error('zstd takes no context of the length it asked for');
  return memory;
}

/** @throws for zstd's errors, which are numbers beyond any length. */
function part(memory: Uint8Array, length: number | bigint): Uint8Array {
  if (typeof length !== 'number' || length > memory.byteLength) throw new RangeError('not a whole zstd frame');
  return memory.subarray(0, length);
}

/** Room in which zstd never fails: more than ZSTD_COMPRESSBOUND asks for. */
export function frameBound(plainBytes: number): number {
  return plainBytes + (plainBytes >>> 8) + KIB;
}
