/**
 * A blob: a piece of content under the hash of its plaintext, and the envelope in which it is stored.
 *
 * Envelope: magic "KVLT" · version 1 · kind · encryption · compression (a byte each) · plaintext length · payload length
 * (u32 LE each), then the payload: body and CRC-32, or the encrypted body. Encrypted payloads bind repository, envelope
 * header and id as associated data, so that a blob is only readable under its own name, kind and repository. The
 * encryption byte is 0 for none, else the number of the content key from 1: keys change, what was written stays readable.
 */
import { crc32 } from 'node:zlib';

import { Blake3Hasher } from '@napi-rs/blake-hash';

import type { Brand } from '#kernel/brands';
import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { freeMemory } from '#kernel/free-memory';
import { aes256GcmHkdf1Mb, type TinkKey, tinkCiphertextLength, tinkDecrypt, tinkEncrypt } from '#kernel/tink-streaming';
import type { VaultKeys } from '../keys/vault-keys.ts';
import { type CompressionTools, compressIfItPays, compressionOf, decompress } from './compression.ts';
import { type Cutter, createCutter, fileCuts, listCuts } from './cut-by-content.ts';
import { nodeZstd } from './zstd.ts';

/** BLAKE3 of the plaintext, 64 hex digits; keyed in encrypted repositories. */
export type BlobId = Brand<string, 'BlobId'>;
export type BlobKind = 'chunk' | 'directory' | 'snapshot' | 'record' | 'index';

export interface BlobCodec {
  /** The 16 bytes of the id of the repository it seals for. */
  readonly vaultId: Uint8Array;
  /** Where files that live on are cut, and where file lists are. */
  readonly fileCutter: Cutter;
  readonly listCutter: Cutter;
  idOf(plain: Uint8Array): BlobId;
  /** @param room memory for the result when it is long enough; it may begin where the plaintext begins, which is lost. */
  seal(kind: BlobKind, id: BlobId, plain: Uint8Array, room?: Uint8Array): Uint8Array;
  /**
   * @param places where the plaintext may come to lie.
   * @throws KuraError mismatch `vault.object-damaged` unless every byte is what was sealed under this kind and id.
   */
  open(kind: BlobKind, id: BlobId, sealed: Uint8Array, places?: PlainPlaces): Uint8Array;
}

export interface PlainPlaces {
  /** As for `seal`; the codec may keep it and leave the plaintext in memory that it was given that way before. */
  readonly room?: Uint8Array | undefined;
  /** Memory of the caller's beside it: what was compressed comes there if that is long enough, and the room is not kept. */
  readonly into?: Uint8Array | undefined;
}

export const ENVELOPE_BYTES = 16;
const CHECKSUM_BYTES = 4;
const MAGIC = Buffer.from('KVLT');
const VERSION = 1;
/** No blob is larger: chunks are bounded by the config, lists and directories far below. */
const MAX_PLAIN_BYTES = 64 * 1024 * 1024;
const kindCodes: Readonly<Record<BlobKind, number>> = { chunk: 1, directory: 2, snapshot: 3, record: 4, index: 5 };

export function blobId(hex: string): BlobId {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError(`not a blob id: ${hex.slice(0, 80)}`);
  return hex as BlobId;
}

/** What a thread has for itself. */
export interface CodecRoom {
  /** Memory for one chunk. */
  readonly spare?: Uint8Array;
  readonly tools?: CompressionTools | undefined;
}

export function createBlobCodec(keys: VaultKeys, random: Random, { spare, tools = {} }: CodecRoom = {}): BlobCodec {
  const { secret } = keys;
  const tinkKeys = (secret?.content ?? []).map((value): TinkKey => ({ parameters: aes256GcmHkdf1Mb, value }));
  const newest = tinkKeys.at(-1);
  const beside = createSpareMemory(spare);
  const { zstd = nodeZstd } = tools;

  const idOf = createNaming(secret?.id);
  const bound = Buffer.concat([Buffer.from('kura-vault\0'), keys.vaultId]);

  function context(header: Uint8Array, id: BlobId): Uint8Array {
    return Buffer.concat([bound, header, Buffer.from(id, 'hex')]);
  }

  return {
    vaultId: keys.vaultId,
    fileCutter: createCutter(fileCuts, secret?.id),
    listCutter: createCutter(listCuts, secret?.id),
    idOf,
    seal(kind, id, plain, room) {
      const { compression, body } = compressIfItPays(plain, { ...tools, scratch: beside.lent() });
      const header = Buffer.alloc(ENVELOPE_BYTES);
      MAGIC.copy(header);
      header.set([VERSION, kindCodes[kind], tinkKeys.length, compression], 4);
      header.writeUInt32LE(plain.byteLength, 8);
      const payloadBytes = payloadLength(newest, body.byteLength);
      header.writeUInt32LE(payloadBytes, 12);
      const into = room !== undefined && room.byteLength >= ENVELOPE_BYTES + payloadBytes ? room : undefined;
      const sealed =
        newest === undefined
          ? joined(into, header, body, checksum(header, body))
          : tinkEncrypt(newest, body, { associated: context(header, id), random, lead: header, into });
      if (compression === 1) zstd.release(body);
      return sealed;
    },
    open(kind, id, sealed, { room, into: given } = {}) {
      const header = readHeader(sealed);
      if (
        header === undefined ||
        header.kind !== kindCodes[kind] ||
        header.key > tinkKeys.length ||
        (header.key === 0) !== (newest === undefined) ||
        header.sealedBytes !== sealed.byteLength
      ) {
        throw damaged(kind, id);
      }
      const payload = sealed.subarray(ENVELOPE_BYTES);
      const envelope = sealed.slice(0, ENVELOPE_BYTES);
      const key = tinkKeys[header.key - 1];
      const body =
        key === undefined ? checked(envelope, payload) : tinkDecrypt(key, payload, context(envelope, id), room);
      const { compression, plainBytes } = header;
      const mine = given !== undefined && given.byteLength >= plainBytes ? given.subarray(0, plainBytes) : undefined;
      const into = mine ?? beside.roomFor(room, header);
      const plain = body && decompress({ compression, body }, plainBytes, { ...tools, into });
      // What was decrypted into memory of its own has served.
      if (body !== undefined && compression !== 0 && key !== undefined && room === undefined) freeMemory(body);
      if (plain?.byteLength !== plainBytes || idOf(plain) !== id) throw damaged(kind, id);
      return mine === undefined ? beside.settle(plain, room) : plain;
    },
  };
}

function createNaming(key: Uint8Array | undefined): (plain: Uint8Array) => BlobId {
  // Used again, its key with it: making one takes as long as hashing 30 KB.
  const hasher = key === undefined ? new Blake3Hasher() : Blake3Hasher.newKeyed(Buffer.from(key));
  return (plain) => {
    hasher.reset();
    return blobId(hasher.update(plain).digest());
  };
}

/**
 * What is compressed cannot be opened where it lies: it comes into the memory of the blob before, whose place its own takes.
 * Not before it is proven: the memory of a damaged blob stays its owner's.
 */
function createSpareMemory(first: Uint8Array | undefined) {
  let spare = first;

  function isSpare({ buffer, byteOffset }: Uint8Array): boolean {
    return spare !== undefined && buffer === spare.buffer && byteOffset === spare.byteOffset;
  }

  return {
    /** For a moment. */
    lent: () => spare,
    /** Memory of the plaintext's length, until the next one is asked for; undefined where there is none. */
    roomFor(room: Uint8Array | undefined, { compression, plainBytes }: Header): Uint8Array | undefined {
      if (compression === 0 || room === undefined) return undefined;
      return spare !== undefined && spare.byteLength >= plainBytes ? spare.subarray(0, plainBytes) : undefined;
    },
    /**
     * The plaintext where it may stay: its room is kept in exchange, unless it is too short for those that follow, as a
     * storage's own memory of one blob is.
     */
    settle(plain: Uint8Array, room: Uint8Array | undefined): Uint8Array {
      if (room === undefined || spare === undefined || !isSpare(plain)) return plain;
      if (room.byteLength >= spare.byteLength) {
        spare = room;
        return plain;
      }
      if (room.byteLength < plain.byteLength) return plain.slice();
      const place = room.subarray(0, plain.byteLength);
      place.set(plain);
      return place;
    },
  };
}

/** Length of the whole blob as its envelope states it, or undefined when these bytes begin no blob. */
export function statedLength(beginning: Uint8Array): number | undefined {
  return readHeader(beginning)?.sealedBytes;
}

type Header = NonNullable<ReturnType<typeof readHeader>>;

function readHeader(sealed: Uint8Array) {
  const view = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (view.length < ENVELOPE_BYTES || !view.subarray(0, 4).equals(MAGIC) || view[4] !== VERSION) return undefined;
  const plainBytes = view.readUInt32LE(8);
  const [key = 0, compression] = [view[6], compressionOf(view[7])];
  if (compression === undefined || plainBytes > MAX_PLAIN_BYTES) return undefined;
  return {
    kind: view[5],
    /** Number of the content key from 1; 0 when not encrypted. */
    key,
    compression,
    plainBytes,
    sealedBytes: ENVELOPE_BYTES + view.readUInt32LE(12),
  };
}

function damaged(kind: BlobKind, id: BlobId): KuraError {
  return new KuraError('mismatch', 'vault.object-damaged', { params: { object: id, kind } });
}

/** CRC-32 of envelope and body: a flipped bit may leave a zstd frame that still gives the right plaintext. */
function checksum(envelope: Uint8Array, body: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeUInt32LE(crc32(body, crc32(envelope)));
  return sum;
}

function checked(envelope: Uint8Array, payload: Uint8Array): Uint8Array | undefined {
  const body = payload.subarray(0, -CHECKSUM_BYTES);
  const matches = checksum(envelope, body).every((byte, index) => byte === payload[body.byteLength + index]);
  return matches ? body : undefined;
}

function payloadLength(tink: TinkKey | undefined, bodyBytes: number): number {
  return tink === undefined ? bodyBytes + CHECKSUM_BYTES : tinkCiphertextLength(tink.parameters, bodyBytes);
}

function joined(into: Uint8Array | undefined, header: Uint8Array, body: Uint8Array, sum: Uint8Array): Uint8Array {
  const length = header.byteLength + body.byteLength + sum.byteLength;
  // Not Buffer.concat: small Buffers share a pool and could not be handed to another thread.
  const whole = into?.subarray(0, length) ?? new Uint8Array(length);
  // The body first: it may lie where the header goes.
  whole.set(body, header.byteLength);
  whole.set(header);
  whole.set(sum, header.byteLength + body.byteLength);
  return whole;
}
