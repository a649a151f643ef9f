/** A file of any size that exists nowhere: every byte follows from seed and position, nowhere twice the same. */
import { createCipheriv, createHash } from 'node:crypto';

export interface SeededContent {
  readonly size: number;
  /** Strong ETag, another one for another seed or size. */
  readonly etag: string;
  /** Bytes [start, end); at most 1 MiB at a time. */
  read(start: number, end: number): Buffer;
  /** Of the whole, made on first use. */
  readonly sha256: string;
}

const PIECE = 1024 * 1024;
const CIPHER_BLOCK = 16;
const zeros = Buffer.alloc(PIECE + CIPHER_BLOCK);

/** AES in counter mode is random access and faster than any line: the key is the seed, the counter the position. */
export function seededContent(seed: string, size: number): SeededContent {
  const key = createHash('sha256').update(seed).digest().subarray(0, CIPHER_BLOCK);
  let sha256: string | undefined;
  function read(start: number, end: number): Buffer {
    if (end - start > PIECE) throw new RangeError(`${end - start} bytes at once`);
    const skipped = start % CIPHER_BLOCK;
    const counter = Buffer.alloc(CIPHER_BLOCK);
    counter.writeBigUInt64BE(BigInt((start - skipped) / CIPHER_BLOCK), CIPHER_BLOCK / 2);
    const cipher = createCipheriv('aes-128-ctr', key, counter);
    return cipher.update(zeros.subarray(0, skipped + end - start)).subarray(skipped);
  }
  return {
    size,
    etag: `"${key.toString('hex').slice(0, 12)}-${size}"`,
    read,
    get sha256() {
      sha256 ??= hashOf(read, size);
      return sha256;
    },
  };
}

function hashOf(read: SeededContent['read'], size: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += PIECE) hash.update(read(at, Math.min(size, at + PIECE)));
  return hash.digest('hex');
}
