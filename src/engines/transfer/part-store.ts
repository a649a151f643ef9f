/** Where the bytes of one download are gathered: in `NAME.part`, or in memory as long as they are few. */
import type { Block } from './blocks/block-pool.ts';
import type { ByteRanges } from './byte-ranges.ts';
import type { Entity } from './entity.ts';
import type { FileHashes } from './file-hashes.ts';
import type { FinishOptions } from './hash-thread.ts';

/** Where some bytes belong, and how they came. */
export interface Landing {
  readonly position: number;
  /** See `Pace.isSlow`. */
  readonly isSlow: boolean;
}

export interface PartStore extends AsyncDisposable {
  /** Bytes that are here. */
  readonly ranges: ByteRanges;
  /** The version the bytes belong to; undefined until a source has said. */
  entity: Entity | undefined;
  /** Bytes taken over from an earlier run; 0 once they had to be dropped. */
  readonly resumedBytes: number;
  /** Bytes on disk from 0 on without a hole, plus those beyond. */
  readonly presentBytes: number;
  /** What it takes up on the disk. */
  readonly occupiedBytes: number;
  readonly isComplete: boolean;
  /** What has been written is there for the next process. */
  readonly isLasting: boolean;
  /** Journal and log stand beside the part. */
  readonly hasProof: boolean;
  /** Whether it is meant for a version of this length. */
  canHold(totalBytes: number | undefined): boolean;
  /** Takes `length` bytes of blocks that follow each other, all but the last full, and releases them, whatever happens. */
  write(blocks: readonly Block[], length: number, landing: Landing): Promise<void>;
  /** Forgets everything. */
  restart(): Promise<void>;
  /** Makes what is here durable, as far as it is meant to outlive the process. */
  flush(): Promise<void>;
  /** Cuts it to its entity's length, makes it durable and says what it hashes to. */
  measure(options: FinishOptions): Promise<FileHashes>;
}
