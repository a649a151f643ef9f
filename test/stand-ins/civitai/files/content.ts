/**
 * Bytes that exist only while they are read: any range of a file of any size, without disk and without holding it.
 * A content is a rope of literal pieces (headers) and keystream (weights: incompressible, seekable, reproducible).
 */
import { createCipheriv, createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

export interface Content {
  readonly size: number;
  /** Equal fingerprints mean equal bytes; the key under which hashes are remembered. */
  readonly fingerprint: string;
  /** The bytes `[start, start + length)`, cut at the end of the content. */
  read(start: number, length: number): Uint8Array;
}

export function literal(bytes: Uint8Array | string): Content {
  const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return {
    size: data.byteLength,
    fingerprint: createHash('sha256').update(data).digest('hex'),
    read: (start, length) => data.subarray(start, start + length),
  };
}

/** AES-128-CTR over zeros: the block number is the counter, so every offset is as cheap as the first. */
export function keystream(name: string, size: number): Content {
  const key = createHash('sha256').update(`kura-stand-in:${name}`).digest().subarray(0, 16);
  return {
    size,
    fingerprint: `keystream:${name}:${size}`,
    read(start, length) {
      const wanted = Math.max(0, Math.min(length, size - start));
      const skip = start % 16;
      const counter = Buffer.alloc(16);
      counter.writeBigUInt64BE(BigInt((start - skip) / 16), 8);
      return createCipheriv('aes-128-ctr', key, counter)
        .update(zeros(skip + wanted))
        .subarray(skip);
    },
  };
}

export function joined(parts: readonly Content[]): Content {
  const filled = parts.filter((part) => part.size > 0);
  const starts: number[] = [];
  let size = 0;
  for (const part of filled) {
    starts.push(size);
    size += part.size;
  }
  const digest = createHash('sha256');
  for (const part of filled) digest.update(`${part.fingerprint}\n`);
  return {
    size,
    fingerprint: digest.digest('hex'),
    read: (start, length) => readAcross(filled, starts, { start, end: Math.min(size, start + length) }),
  };
}

/** A file on disk, read where asked; its bytes must not change while the simulator runs. */
export function diskFile(path: string): Content {
  const { size, mtimeMs } = statSync(path);
  return {
    size,
    fingerprint: `disk:${path}:${size}:${mtimeMs}`,
    read(start, length) {
      const target = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
      const handle = openSync(path, 'r');
      try {
        return target.subarray(0, readSync(handle, target, 0, target.byteLength, start));
      } finally {
        closeSync(handle);
      }
    },
  };
}

/** Same size, other bytes: one byte in every 64 KiB differs. What a re-upload under the same name looks like. */
export function altered(content: Content): Content {
  return {
    size: content.size,
    fingerprint: `altered:${content.fingerprint}`,
    read(start, length) {
      const bytes = Uint8Array.from(content.read(start, length));
      const step = 65_536;
      for (let at = (step - (start % step)) % step; at < bytes.length; at += step) bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
      return bytes;
    },
  };
}

/** The whole content in pieces of `pieceSize`, for hashing. */
export function* piecesOf(content: Content, pieceSize = 1_048_576): Generator<Uint8Array> {
  for (let at = 0; at < content.size; at += pieceSize) yield content.read(at, pieceSize);
}

function readAcross(
  parts: readonly Content[],
  starts: readonly number[],
  range: { readonly start: number; readonly end: number },
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = range.start;
  for (let index = partAt(starts, at); index < parts.length && at < range.end; index += 1) {
    const part = parts[index];
    const begin = starts[index];
    if (part === undefined || begin === undefined) break;
    const piece = part.read(at - begin, Math.min(range.end - at, begin + part.size - at));
    pieces.push(piece);
    at += piece.byteLength;
  }
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}

/** Index of the last part that starts at or before `offset`. */
function partAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

let zeroBlock = Buffer.alloc(1_048_592);

function zeros(length: number): Buffer {
  if (length > zeroBlock.byteLength) zeroBlock = Buffer.alloc(length);
  return zeroBlock.subarray(0, length);
}
