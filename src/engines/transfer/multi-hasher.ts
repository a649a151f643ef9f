/** All wanted hashes of one file in one pass over its bytes, in order. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { sha256 } from '#kernel/brands';
import { KIB, MIB } from '#kernel/units';

import type { FileHashes, HashName } from './file-hashes.ts';

const AUTO_V1_START = MIB;
const AUTO_V1_END = MIB + 64 * KIB;
/** Length field of a safetensors header; the format's own limit for the header is 100 MB. */
const LENGTH_FIELD = 8;
const MAX_HEADER = 100_000_000n;

export class MultiHasher {
  readonly #sha256 = createHash('sha256');
  readonly #blake3: Blake3Hasher | undefined;
  readonly #wantsCrc32: boolean;
  readonly #autoV1: Hash | undefined;
  readonly #tensors: TensorHasher | undefined;
  #crc32 = 0;
  #position = 0;

  constructor(names: readonly HashName[]) {
    this.#blake3 = names.includes('BLAKE3') ? new Blake3Hasher() : undefined;
    this.#wantsCrc32 = names.includes('CRC32');
    this.#autoV1 = names.includes('AutoV1') ? createHash('sha256') : undefined;
    this.#tensors = names.includes('AutoV3') ? new TensorHasher() : undefined;
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#blake3?.update(chunk);
    if (this.#wantsCrc32) this.#crc32 = crc32(chunk, this.#crc32);
    this.#autoV1?.update(overlap(chunk, this.#position, AUTO_V1_START, AUTO_V1_END));
    this.#tensors?.update(chunk, this.#position);
    this.#position += chunk.length;
  }

  digest(): FileHashes {
    const whole = sha256(this.#sha256.digest('hex'));
    return {
      SHA256: whole,
      AutoV2: whole.slice(0, 10),
      ...(this.#blake3 && { BLAKE3: this.#blake3.digest('hex') }),
      ...(this.#wantsCrc32 && { CRC32: this.#crc32.toString(16).padStart(8, '0').toUpperCase() }),
      ...(this.#autoV1 && {
        AutoV1: this.#position > AUTO_V1_START ? this.#autoV1.digest('hex').slice(0, 8) : null,
      }),
      ...(this.#tensors && { AutoV3: this.#tensors.digest() }),
    };
  }
}

/**
 * SHA-256 of a safetensors file from the first byte after its header. The format is recognised by its bytes: a
 * plausible header length, and a header that opens and closes like a JSON object (it may be padded with spaces).
 */
class TensorHasher {
  readonly #hash = createHash('sha256');
  readonly #lengthField = Buffer.alloc(LENGTH_FIELD);
  #dataStart: number | undefined;
  #isSafetensors = true;
  #hasTensorBytes = false;

  update(chunk: Uint8Array, position: number): void {
    if (!this.#isSafetensors || chunk.length === 0) return;
    if (position < LENGTH_FIELD) this.#lengthField.set(overlap(chunk, position, 0, LENGTH_FIELD), position);
    if (position + chunk.length < LENGTH_FIELD) return;
    this.#dataStart ??= this.#readDataStart();
    if (this.#dataStart === undefined || !this.#headerLooksRight(chunk, position, this.#dataStart)) {
      this.#isSafetensors = false;
      return;
    }
    const tensors = overlap(chunk, position, this.#dataStart, Number.MAX_SAFE_INTEGER);
    this.#hasTensorBytes ||= tensors.length > 0;
    this.#hash.update(tensors);
  }

  digest(): string | null {
    return this.#isSafetensors && this.#hasTensorBytes ? this.#hash.digest('hex').slice(0, 12) : null;
  }

  #readDataStart(): number | undefined {
    const length = this.#lengthField.readBigUInt64LE();
    return length >= 2n && length <= MAX_HEADER ? LENGTH_FIELD + Number(length) : undefined;
  }

  #headerLooksRight(chunk: Uint8Array, position: number, dataStart: number): boolean {
    const [first] = overlap(chunk, position, LENGTH_FIELD, LENGTH_FIELD + 1);
    const [last] = overlap(chunk, position, dataStart - 1, dataStart);
    return (first === undefined || first === 0x7b) && (last === undefined || last === 0x7d || last === 0x20);
  }
}

/** The part of `chunk`, which starts at `position` of its file, that lies in [start, end). */
function overlap(chunk: Uint8Array, position: number, start: number, end: number): Uint8Array {
  const from = Math.min(Math.max(start - position, 0), chunk.length);
  const to = Math.min(Math.max(end - position, 0), chunk.length);
  return chunk.subarray(from, Math.max(from, to));
}
