/**
 * `NAME.part.blocks`: what each stretch of `NAME.part` hashed to in memory, before the disk had it. Appended to after
 * each write without waiting for the disk, so a killed process loses at most what it had in its hands; after a power cut
 * a record counts only if the bytes it speaks of still agree with it. Later it tells damage on disk from a wrong source.
 *
 * Format: 8 bytes `KURABLK1`, 8 random bytes that `NAME.part.json` repeats, then records of 48 bytes: start (u64 LE),
 * length (u32 LE), four zero bytes, BLAKE3-256 of those bytes. A torn or impossible record is passed over.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { systemCode } from '#kernel/errors';

import { removeFile } from '../remove-file.ts';
import { BLOCK_BYTES } from './block-pool.ts';

export interface BlockRecord {
  readonly start: number;
  readonly length: number;
  /** BLAKE3-256. */
  readonly digest: Uint8Array;
}

export interface StoredBlockLog {
  readonly id: string;
  readonly records: readonly BlockRecord[];
  /** Length of the header and all whole records. */
  readonly bytes: number;
}

export const HEADER_BYTES = 16;
export const RECORD_BYTES = 48;
const MAGIC = 'KURABLK1';
const DIGEST_AT = 16;

export function blockLogPath(partPath: string): string {
  return `${partPath}.blocks`;
}

/** Undefined when there is none, or it is not one of ours. */
export async function readBlockLog(path: string): Promise<StoredBlockLog | undefined> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (content.toString('latin1', 0, MAGIC.length) !== MAGIC || content.length < HEADER_BYTES) return undefined;
  const records: BlockRecord[] = [];
  let at = HEADER_BYTES;
  for (; at + RECORD_BYTES <= content.length; at += RECORD_BYTES) {
    const record = decode(content.subarray(at, at + RECORD_BYTES));
    if (record) records.push(record);
  }
  return { id: content.toString('hex', MAGIC.length, HEADER_BYTES), records, bytes: at };
}

export function removeBlockLog(path: string): Promise<void> {
  return removeFile(path);
}

/** Writes a log; dispose it to close the file. */
export class BlockLog implements AsyncDisposable {
  readonly id: string;
  readonly #file: FileHandle;
  #bytes: number;
  #pending: Buffer[] = [];
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  private constructor(file: FileHandle, id: string, bytes: number) {
    this.#file = file;
    this.id = id;
    this.#bytes = bytes;
  }

  /** Begins an empty log in place of what is there. */
  static async create(path: string): Promise<BlockLog> {
    const id = randomBytes(HEADER_BYTES - MAGIC.length);
    const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
    try {
      await file.write(Buffer.concat([Buffer.from(MAGIC, 'latin1'), id]), 0, HEADER_BYTES, 0);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new BlockLog(file, id.toString('hex'), HEADER_BYTES);
  }

  /** Goes on after the last whole record. */
  static async resume(path: string, stored: StoredBlockLog): Promise<BlockLog> {
    return new BlockLog(await open(path, constants.O_RDWR), stored.id, stored.bytes);
  }

  /** Notes stretches whose writes have finished. */
  add(records: readonly BlockRecord[]): void {
    this.#pending.push(...records.map(encode));
    this.#running ??= this.#append();
  }

  /** Resolves with the length of the log once everything added is in the file. */
  async settled(): Promise<number> {
    await this.#running;
    if (this.#failure) throw this.#failure.error;
    return this.#bytes;
  }

  async datasync(): Promise<void> {
    await this.#file.datasync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running;
    await this.#file.close();
  }

  async #append(): Promise<void> {
    try {
      while (this.#pending.length > 0) {
        const records = Buffer.concat(this.#pending);
        this.#pending = [];
        let written = 0;
        while (written < records.length) {
          const left = records.length - written;
          written += (await this.#file.write(records, written, left, this.#bytes + written)).bytesWritten;
        }
        this.#bytes += records.length;
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#running = undefined;
  }
}

function encode({ start, length, digest }: BlockRecord): Buffer {
  const record = Buffer.alloc(RECORD_BYTES);
  record.writeBigUInt64LE(BigInt(start), 0);
  record.writeUInt32LE(length, 8);
  record.set(digest, DIGEST_AT);
  return record;
}

function decode(record: Buffer): BlockRecord | undefined {
  const start = Number(record.readBigUInt64LE(0));
  const length = record.readUInt32LE(8);
  if (!Number.isSafeInteger(start) || length === 0 || length > BLOCK_BYTES) return undefined;
  return { start, length, digest: Uint8Array.from(record.subarray(DIGEST_AT)) };
}
