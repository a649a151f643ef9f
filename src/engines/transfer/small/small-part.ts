/**
 * A file of one block at most, gathered in memory. It is fetched again as quickly as a journal would be read, so nothing
 * of it is on the disk before all of it is here: then it is written once, under a name of its own.
 */
import { dirname } from 'node:path';

import { BLOCK_BYTES, type Block } from '../blocks/block-pool.ts';
import { ByteRanges } from '../byte-ranges.ts';
import type { Entity } from '../entity.ts';
import type { FileHashes, HashName } from '../file-hashes.ts';
import type { FinishOptions } from '../hash-thread.ts';
import { unlessNoFolder } from '../part-access.ts';
import type { Landing, PartStore } from '../part-store.ts';
import { removeFile } from '../remove-file.ts';
import { passingName } from './passing-name.ts';
import type { SharedBytes, SmallDisk, StoredFile } from './small-disk.ts';

export interface SmallPartOptions {
  readonly target: string;
  readonly hashNames: readonly HashName[];
  readonly disk: SmallDisk;
}

export class SmallPart implements PartStore {
  readonly resumedBytes = 0;
  readonly occupiedBytes = 0;
  readonly isLasting = false;
  readonly hasProof = false;
  ranges = new ByteRanges();
  entity: Entity | undefined;
  readonly #options: SmallPartOptions;
  /** The whole file as it came, in one piece. */
  #block: Block | undefined;
  /** What came in several pieces. */
  #pieces: SharedArrayBuffer | undefined;
  #stored: StoredFile | undefined;

  constructor(options: SmallPartOptions) {
    this.#options = options;
  }

  get presentBytes(): number {
    return this.ranges.size;
  }

  get isComplete(): boolean {
    return this.ranges.size === this.entity?.totalBytes;
  }

  canHold(totalBytes: number | undefined): boolean {
    return totalBytes !== undefined && totalBytes <= BLOCK_BYTES;
  }

  async write(blocks: readonly Block[], length: number, { position }: Landing): Promise<void> {
    const [block, ...others] = blocks;
    if (!block || others.length > 0 || position + length > BLOCK_BYTES) {
      for (const each of blocks) each.release();
      throw new RangeError('more than was announced');
    }
    if (position === 0 && length === this.entity?.totalBytes) {
      this.#block?.release();
      this.#block = block;
    } else {
      // Whoever waits for the rest must not keep memory that others wait for.
      this.#pieces ??= new SharedArrayBuffer(BLOCK_BYTES);
      new Uint8Array(this.#pieces).set(block.bytes.subarray(0, length), position);
      block.release();
    }
    this.ranges.add(position, position + length);
  }

  async restart(): Promise<void> {
    this.#block?.release();
    this.#block = undefined;
    this.#pieces = undefined;
    this.entity = undefined;
    this.ranges = new ByteRanges();
  }

  async flush(): Promise<void> {
    // Nothing of it outlives the process.
  }

  async measure({ signal }: FinishOptions): Promise<FileHashes> {
    const { disk, target, hashNames } = this.#options;
    this.#stored = await disk.store(passingName(target), this.#bytes, hashNames).catch((error: unknown) => {
      throw unlessNoFolder(error, dirname(target));
    });
    this.#block?.release();
    this.#block = undefined;
    signal?.throwIfAborted();
    return this.#stored.hashes;
  }

  /** The measured file, which from here on is the caller's. */
  handOver(): StoredFile {
    const stored = this.#stored;
    if (!stored) throw new RangeError('handed over before it was measured');
    this.#stored = undefined;
    return stored;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.restart();
    if (this.#stored) await removeFile(this.#stored.path);
  }

  get #bytes(): SharedBytes {
    const length = this.ranges.size;
    if (this.#block) return { memory: this.#block.memory, offset: this.#block.offset, length };
    return { memory: this.#pieces ?? new SharedArrayBuffer(0), offset: 0, length };
  }
}
