/**
 * A blob: a piece of content under the hash of its plaintext, and the envelope in which it is stored.
 *
 * Envelope: magic "KVLT" · version 1 · kind · encryption · compression (a byte each) · plaintext length · payload length
 * (u32 LE each), then the payload: body and CRC-32, or the encrypted body. Encrypted payloads bind repository, envelope header and id as associated data, so that a blob is only
 * readable under its own name, kind and repository.
 */
import { crc32 } from 'node:zlib';

import { Blake3Hasher } from '@napi-rs/blake-hash';

import type { Brand } from '#kernel/brands';
import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { aes256GcmHkdf1Mb, type TinkKey, tinkCiphertextLength, tinkDecrypt, tinkEncrypt } from '#kernel/tink-streaming';

import { compressIfItPays, decompress } from './compression.ts';
import type { VaultKeys } from './vault-keys.ts';

/** BLAKE3 of the plaintext, 64 hex digits; keyed in encrypted repositories. */
export type BlobId = Brand<string, 'BlobId'>;
export type BlobKind = 'chunk' | 'directory' | 'snapshot';

export interface BlobCodec {
  idOf(plain: Uint8Array): BlobId;
  seal(kind: BlobKind, id: BlobId, plain: Uint8Array): Uint8Array;
  /** @throws KuraError mismatch `vault.object-damaged` unless every byte is what was sealed under this kind and id. */
  open(kind: BlobKind, id: BlobId, sealed: Uint8Array): Uint8Array;
}

export const ENVELOPE_BYTES = 16;
const CHECKSUM_BYTES = 4;
const MAGIC = Buffer.from('KVLT');
const VERSION = 1;
/** No blob is larger: chunks are bounded by the config, lists and directories far below. */
const MAX_PLAIN_BYTES = 64 * 1024 * 1024;
const kindCodes: Readonly<Record<BlobKind, number>> = { chunk: 1, directory: 2, snapshot: 3 };

export function blobId(hex: string): BlobId {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError(`not a blob id: ${hex.slice(0, 80)}`);
  return hex as BlobId;
}

export function createBlobCodec(keys: VaultKeys, random: Random): BlobCodec {
  const { secret } = keys;
  const tink: TinkKey | undefined = secret && { parameters: aes256GcmHkdf1Mb, value: secret.content };

  function idOf(plain: Uint8Array): BlobId {
    const hasher = secret === undefined ? new Blake3Hasher() : Blake3Hasher.newKeyed(Buffer.from(secret.id));
    return blobId(hasher.update(plain).digest());
  }

  function context(header: Uint8Array, id: BlobId): Uint8Array {
    return Buffer.concat([Buffer.from('kura-vault\0'), keys.vaultId, header, Buffer.from(id, 'hex')]);
  }

  return {
    idOf,
    seal(kind, id, plain) {
      const compressed = compressIfItPays(plain);
      const header = Buffer.alloc(ENVELOPE_BYTES);
      MAGIC.copy(header);
      header.set([VERSION, kindCodes[kind], tink === undefined ? 0 : 1, compressed === undefined ? 0 : 1], 4);
      const body = compressed ?? plain;
      header.writeUInt32LE(plain.byteLength, 8);
      header.writeUInt32LE(payloadLength(tink, body.byteLength), 12);
      return tink === undefined
        ? concat(header, body, checksum(header, body))
        : tinkEncrypt(tink, body, { associated: context(header, id), random, lead: header });
    },
    open(kind, id, sealed) {
      const header = readHeader(sealed);
      if (
        header === undefined ||
        header.kind !== kindCodes[kind] ||
        header.encrypted !== (tink !== undefined) ||
        header.sealedBytes !== sealed.byteLength
      ) {
        throw damaged(kind, id);
      }
      const payload = sealed.subarray(ENVELOPE_BYTES);
      const envelope = sealed.subarray(0, ENVELOPE_BYTES);
      const body = tink === undefined ? checked(envelope, payload) : tinkDecrypt(tink, payload, context(envelope, id));
      const plain = header.compressed && body !== undefined ? decompress(body, header.plainBytes) : body;
      if (plain?.byteLength !== header.plainBytes || idOf(plain) !== id) throw damaged(kind, id);
      return plain;
    },
  };
}

/** Length of the whole blob as its envelope states it, or undefined when these bytes begin no blob. */
export function statedLength(beginning: Uint8Array): number | undefined {
  return readHeader(beginning)?.sealedBytes;
}

function readHeader(sealed: Uint8Array) {
  const view = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (view.length < ENVELOPE_BYTES || !view.subarray(0, 4).equals(MAGIC) || view[4] !== VERSION) return undefined;
  const plainBytes = view.readUInt32LE(8);
  const [encryption, compression] = [view[6], view[7]];
  if (!isFlag(encryption) || !isFlag(compression) || plainBytes > MAX_PLAIN_BYTES) return undefined;
  return {
    kind: view[5],
    encrypted: encryption === 1,
    compressed: compression === 1,
    plainBytes,
    sealedBytes: ENVELOPE_BYTES + view.readUInt32LE(12),
  };
}

function isFlag(value: number | undefined): boolean {
  return value === 0 || value === 1;
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

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  // Not Buffer.concat: small Buffers share a pool and could not be handed to another thread.
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
