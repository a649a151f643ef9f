/** The six hashes CivitAI publishes, by the definitions of the contract note §4.5, in one pass over the content. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

import { Blake3Hasher } from '@napi-rs/blake-hash';

import { type Content, piecesOf } from './content.ts';

/** Upper-case hex; a key is absent where the real scanner publishes none. */
export interface FileHashes {
  readonly AutoV1?: string;
  readonly AutoV2: string;
  readonly AutoV3?: string;
  readonly SHA256: string;
  readonly CRC32: string;
  readonly BLAKE3: string;
}

export interface HashBook {
  /** Hashes of any content, however large; worked out once. */
  of(content: Content): Promise<FileHashes>;
  /** Hashes already known: worked out before, or recorded with the simulator. */
  known(content: Content): FileHashes | undefined;
}

export function createHashBook(recorded: Readonly<Record<string, FileHashes>> = {}): HashBook {
  const done = new Map(Object.entries(recorded));
  const running = new Map<string, Promise<FileHashes>>();
  async function compute(content: Content): Promise<FileHashes> {
    const hashes = await hashContent(content);
    done.set(content.fingerprint, hashes);
    running.delete(content.fingerprint);
    return hashes;
  }
  return {
    known: (content) => done.get(content.fingerprint),
    async of(content) {
      const { fingerprint } = content;
      const ready = done.get(fingerprint);
      if (ready !== undefined) return ready;
      const pending = running.get(fingerprint) ?? compute(content);
      running.set(fingerprint, pending);
      return pending;
    },
  };
}

const autoV1Offset = 0x10_0000;
const autoV1Length = 0x1_0000;

export async function hashContent(content: Content): Promise<FileHashes> {
  const sha = createHash('sha256');
  const blake = new Blake3Hasher();
  const body = createHash('sha256');
  const bodyStart = headerEnd(content);
  let crc = 0;
  let at = 0;
  for (const piece of piecesOf(content)) {
    sha.update(piece);
    blake.update(piece);
    crc = crc32(piece, crc);
    if (bodyStart !== undefined && at + piece.byteLength > bodyStart) {
      body.update(piece.subarray(Math.max(0, bodyStart - at)));
    }
    at += piece.byteLength;
    // Gigabytes take seconds: let other requests through in between.
    if (at % (16 * 1_048_576) === 0) await setImmediate();
  }
  const sha256 = sha.digest('hex').toUpperCase();
  return {
    ...(content.size > autoV1Offset ? { AutoV1: autoV1(content) } : {}),
    AutoV2: sha256.slice(0, 10),
    SHA256: sha256,
    CRC32: byteReversed(crc),
    BLAKE3: blake.digest('hex').toUpperCase(),
    ...(bodyStart === undefined ? {} : { AutoV3: body.digest('hex').toUpperCase().slice(0, 12) }),
  };
}

/**
 * Where AutoV3 starts counting: after the header of a safetensors file. The scanner runs over zip archives too,
 * where the number means nothing; real answers carry it all the same.
 */
function headerEnd(content: Content): number | undefined {
  const head = Buffer.from(content.read(0, 9));
  if (head.byteLength < 9) return undefined;
  if (head.readUInt32LE(0) === 0x0403_4b50) return 8;
  const length = head.readBigUInt64LE(0);
  return head[8] === 0x7b && length < BigInt(content.size) ? 8 + Number(length) : undefined;
}

function autoV1(content: Content): string {
  const window = content.read(autoV1Offset, autoV1Length);
  return createHash('sha256').update(window).digest('hex').slice(0, 8).toUpperCase();
}

/** The public model scanner writes CRC-32 byte by byte from the low end: "hello world" is 85114A0D there. */
function byteReversed(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc >>> 0);
  return bytes.toString('hex').toUpperCase();
}
