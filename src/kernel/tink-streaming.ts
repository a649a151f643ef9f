/**
 * Tink's AES-GCM-HKDF streaming AEAD over node:crypto, wire-compatible with every Tink implementation.
 * Definition: https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming
 *
 * Ciphertext = header ‖ segments; header = length byte ‖ salt ‖ nonce prefix (7 bytes); the segment key is
 * HKDF(key, salt, info = associated data); nonce = prefix ‖ segment number (4 bytes, big endian) ‖ 1 for the last segment.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';

import type { Random } from './clock.ts';
import { freeMemory } from './free-memory.ts';
import { MIB } from './units.ts';

export interface TinkParameters {
  readonly hkdfHash: 'sha1' | 'sha256' | 'sha512';
  readonly derivedKeyBytes: 16 | 32;
  readonly segmentBytes: number;
}

/** Tink's template AES256_GCM_HKDF_1MB. */
export const aes256GcmHkdf1Mb: TinkParameters = { hkdfHash: 'sha256', derivedKeyBytes: 32, segmentBytes: MIB };

const TAG_BYTES = 16;
const NONCE_PREFIX_BYTES = 7;

export interface TinkKey {
  readonly parameters: TinkParameters;
  readonly value: Uint8Array;
}

export interface TinkEncryption {
  readonly associated: Uint8Array;
  readonly random: Random;
  /** Put unencrypted in front of the ciphertext: a copy of 16 MiB is saved by leaving room for it. */
  readonly lead?: Uint8Array;
  /** Memory for the result, long enough; it may begin where the plaintext begins, which is lost then. */
  readonly into?: Uint8Array | undefined;
}

export function tinkEncrypt(key: TinkKey, plain: Uint8Array, options: TinkEncryption): Uint8Array {
  const lead = options.lead ?? new Uint8Array();
  const length = lead.byteLength + tinkCiphertextLength(key.parameters, plain.byteLength);
  const whole = options.into?.subarray(0, length) ?? new Uint8Array(length);
  const header = newTinkHeader(key.parameters, options.random);
  const out = whole.subarray(lead.byteLength + header.byteLength);
  const cipherFor = segmentCipher(key, header, options.associated);
  // From the last to the first: nothing is written before what is still to be read, though it be the same memory.
  for (const segment of planSegments(key.parameters, plain.byteLength).toReversed()) {
    const cipher = createCipheriv(cipherFor.algorithm, cipherFor.key, cipherFor.nonce(segment.number, segment.last));
    const at = segment.start + segment.number * TAG_BYTES;
    moveInto(out, cipher.update(plain.subarray(segment.start, segment.end)), at);
    cipher.final();
    out.set(cipher.getAuthTag(), at + segment.end - segment.start);
  }
  whole.set(lead);
  whole.set(header, lead.byteLength);
  return whole;
}

/**
 * The plaintext, or undefined when key, associated data or any byte is not what was encrypted.
 * @param into memory for the plaintext, long enough; it may begin where the ciphertext begins, which is lost then.
 */
export function tinkDecrypt(
  key: TinkKey,
  ciphertext: Uint8Array,
  associated: Uint8Array,
  into?: Uint8Array,
): Uint8Array | undefined {
  const headerBytes = tinkHeaderLength(key.parameters);
  const plainBytes = plainLength(key.parameters, ciphertext.byteLength);
  if (plainBytes === undefined || ciphertext[0] !== headerBytes) return undefined;
  // A copy: the first plaintext may be written over it.
  const cipherFor = segmentCipher(key, ciphertext.slice(0, headerBytes), associated);
  const segments = planSegments(key.parameters, plainBytes);
  if (into === undefined && segments.length === 1) return openAlone(cipherFor, ciphertext.subarray(headerBytes));
  const out = into?.subarray(0, plainBytes) ?? new Uint8Array(plainBytes);
  let at = headerBytes;
  for (const segment of segments) {
    const end = at + segment.end - segment.start;
    const cipher = createDecipheriv(cipherFor.algorithm, cipherFor.key, cipherFor.nonce(segment.number, segment.last));
    cipher.setAuthTag(ciphertext.subarray(end, end + TAG_BYTES));
    moveInto(out, cipher.update(ciphertext.subarray(at, end)), segment.start);
    if (!isAuthentic(cipher)) return undefined;
    at = end + TAG_BYTES;
  }
  return out;
}

/** A single segment, in the memory in which the cipher leaves it. */
function openAlone(cipherFor: SegmentCipher, segment: Uint8Array): Uint8Array | undefined {
  const cipher = createDecipheriv(cipherFor.algorithm, cipherFor.key, cipherFor.nonce(0, true));
  cipher.setAuthTag(segment.subarray(-TAG_BYTES));
  const plain = cipher.update(segment.subarray(0, -TAG_BYTES));
  return isAuthentic(cipher) ? plain : undefined;
}

function moveInto(out: Uint8Array, piece: Uint8Array, at: number): void {
  out.set(piece, at);
  freeMemory(piece);
}

/** What begins a ciphertext whose segments are made one by one. */
export function newTinkHeader(parameters: TinkParameters, random: Random): Uint8Array {
  const headerBytes = tinkHeaderLength(parameters);
  return Buffer.concat([Buffer.from([headerBytes]), random.bytes(headerBytes - 1)]);
}

export interface TinkSegments {
  /** Ciphertext and tag. Each number is used once, in order; what is there in several pieces counts as joined. */
  seal(number: number, last: boolean, plain: Uint8Array): readonly Uint8Array[];
  /** The plaintext, or undefined when this is not the segment of that number, or not the last one when it must be. */
  open(number: number, last: boolean, ciphertext: Uint8Array): Uint8Array | undefined;
}

/** The segments of one ciphertext, for what is too long to hold. @throws nothing; a header of wrong length opens nothing. */
export function tinkSegments(key: TinkKey, header: Uint8Array, associated: Uint8Array): TinkSegments {
  const cipherFor = segmentCipher(key, header, associated);
  return {
    seal(number, last, plain) {
      const cipher = createCipheriv(cipherFor.algorithm, cipherFor.key, cipherFor.nonce(number, last));
      const sealed = cipher.update(plain);
      cipher.final();
      return [sealed, cipher.getAuthTag()];
    },
    open(number, last, ciphertext) {
      if (ciphertext.byteLength < TAG_BYTES || header[0] !== header.byteLength) return undefined;
      const cipher = createDecipheriv(cipherFor.algorithm, cipherFor.key, cipherFor.nonce(number, last));
      cipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
      const plain = cipher.update(ciphertext.subarray(0, -TAG_BYTES));
      return isAuthentic(cipher) ? plain : undefined;
    },
  };
}

/** Ciphertext bytes of a full segment: the header counts towards the first one. */
export function tinkSegmentRoom(parameters: TinkParameters, number: number): number {
  return number === 0 ? parameters.segmentBytes - tinkHeaderLength(parameters) : parameters.segmentBytes;
}

/** Bytes that the tag adds to each segment. */
export const tinkTagBytes = TAG_BYTES;

/** Length of the ciphertext of so many plaintext bytes. */
export function tinkCiphertextLength(parameters: TinkParameters, plainBytes: number): number {
  return tinkHeaderLength(parameters) + plainBytes + segmentCount(parameters, plainBytes) * TAG_BYTES;
}

interface Segment {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
}

function segmentCount(parameters: TinkParameters, plainBytes: number): number {
  const first = parameters.segmentBytes - tinkHeaderLength(parameters) - TAG_BYTES;
  return 1 + Math.max(0, Math.ceil((plainBytes - first) / (parameters.segmentBytes - TAG_BYTES)));
}

function planSegments(parameters: TinkParameters, plainBytes: number): readonly Segment[] {
  const first = parameters.segmentBytes - tinkHeaderLength(parameters) - TAG_BYTES;
  const others = parameters.segmentBytes - TAG_BYTES;
  const count = segmentCount(parameters, plainBytes);
  return Array.from({ length: count }, (_, number) => ({
    number,
    start: number === 0 ? 0 : first + (number - 1) * others,
    end: Math.min(plainBytes, first + number * others),
    last: number === count - 1,
  }));
}

function plainLength(parameters: TinkParameters, ciphertextBytes: number): number | undefined {
  const body = ciphertextBytes - tinkHeaderLength(parameters);
  // The header counts towards the first segment.
  const segments = Math.ceil(ciphertextBytes / parameters.segmentBytes);
  const plain = body - segments * TAG_BYTES;
  return plain >= 0 && tinkCiphertextLength(parameters, plain) === ciphertextBytes ? plain : undefined;
}

export function tinkHeaderLength(parameters: TinkParameters): number {
  return 1 + parameters.derivedKeyBytes + NONCE_PREFIX_BYTES;
}

type SegmentCipher = ReturnType<typeof segmentCipher>;

function segmentCipher(key: TinkKey, header: Uint8Array, associated: Uint8Array) {
  const { derivedKeyBytes } = key.parameters;
  const salt = header.subarray(1, 1 + derivedKeyBytes);
  const prefix = header.subarray(1 + derivedKeyBytes);
  return {
    algorithm: derivedKeyBytes === 32 ? ('aes-256-gcm' as const) : ('aes-128-gcm' as const),
    key: derivedKey(key, salt, associated),
    nonce(number: number, last: boolean): Uint8Array {
      const nonce = Buffer.alloc(NONCE_PREFIX_BYTES + 5);
      nonce.set(prefix);
      nonce.writeUInt32BE(number, NONCE_PREFIX_BYTES);
      nonce[NONCE_PREFIX_BYTES + 4] = last ? 1 : 0;
      return nonce;
    },
  };
}

/**
 * HKDF (RFC 5869). With SHA-256 it is two HMACs, as one block is all of the key. `hkdfSync` takes four times as long as that, and
 * `createHmac` as well, which is much of the time of a small ciphertext; a key object is five times as quick for each cipher as
 * the bytes of the key.
 */
function derivedKey({ value, parameters }: TinkKey, salt: Uint8Array, associated: Uint8Array): KeyObject {
  const { hkdfHash, derivedKeyBytes } = parameters;
  if (hkdfHash !== 'sha256') {
    return createSecretKey(new Uint8Array(hkdfSync(hkdfHash, value, salt, associated, derivedKeyBytes)));
  }
  const block = hmacSha256(hmacSha256(salt, value), Buffer.concat([associated, FIRST_BLOCK]));
  return createSecretKey(block.subarray(0, derivedKeyBytes));
}

const FIRST_BLOCK = Buffer.of(1);
/** Input block of SHA-256. */
const HASH_BLOCK_BYTES = 64;

/** RFC 2104, for keys of at most 64 bytes. */
function hmacSha256(key: Uint8Array, message: Uint8Array): Buffer {
  const inner = Buffer.alloc(HASH_BLOCK_BYTES + message.byteLength, 0x36);
  const outer = Buffer.alloc(HASH_BLOCK_BYTES + 32, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  inner.set(message, HASH_BLOCK_BYTES);
  outer.set(hash('sha256', inner, 'buffer'), HASH_BLOCK_BYTES);
  return hash('sha256', outer, 'buffer');
}

function isAuthentic(cipher: { final(): Uint8Array }): boolean {
  try {
    cipher.final();
    return true;
  } catch {
    return false;
  }
}
