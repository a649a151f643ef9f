/** One `.part` with its journal, block log and hash: what is here, which version it belongs to, how it became durable. */
import type { Clock } from '#kernel/clock';

import { BlockLog, type BlockRecord, blockLogPath, removeBlockLog } from './blocks/block-log.ts';
import { BLOCK_BYTES, type Block } from './blocks/block-pool.ts';
import { type ByteRange, ByteRanges } from './byte-ranges.ts';
import type { Entity } from './entity.ts';
import type { ExpectedHashes, FileHashes, HashName } from './file-hashes.ts';
import type { FinishOptions, HashSession, HashThread } from './hash-thread.ts';
import { type Journal, readJournal, removeJournal, writeJournal } from './journal.ts';
import { Checkpointer, type OpenPart, type PartHandle, type Stretch, writeBlocks } from './part-file.ts';
import { refuseChangeling } from './part-identity.ts';
import type { Landing, PartStore } from './part-store.ts';
import { journalPath, type ProvenPart, provePart } from './proven-part.ts';
import { removeFile } from './remove-file.ts';
import { recordsFor, stretchesOf } from './stretches.ts';

export interface PartStateOptions {
  readonly partPath: string;
  /** Scheme, host and path of the address asked for, once it is known. */
  readonly origin: () => string | undefined;
  readonly expected: ExpectedHashes;
  readonly hashNames: readonly HashName[];
  /** Asked for when there is something to hash. */
  readonly hashThread: () => HashThread;
  readonly openPart: OpenPart;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Stretches that are on disk but wrong: to be fetched again. */
  readonly damaged?: readonly ByteRange[] | undefined;
  /** What is on disk is to be fetched once more, and written only where it differs from what these records say. */
  readonly compareWith?: readonly BlockRecord[] | undefined;
}

export class PartState implements PartStore {
  readonly partPath: string;
  readonly isLasting = true;
  /** Bytes that are written; the segment plan reads it. */
  ranges = new ByteRanges();
  /** The version the bytes belong to; undefined until a source has said. */
  entity: Entity | undefined;
  /** Journal and log stand beside the part. */
  hasProof = false;
  /** Bytes taken over from an earlier run; 0 once they had to be dropped. */
  resumedBytes = 0;
  readonly #options: PartStateOptions;
  readonly #part: PartHandle;
  #checkpointer: Checkpointer;
  #session: HashSession | undefined;
  /** Everything before it has been given to the hash, from memory or as bytes of the file. */
  #hashFrontier = 0;
  #log: Promise<BlockLog> | undefined;
  #known = new Map<number, BlockRecord>();
  #comparedBytes = 0;
  /** Length of the file on disk. */
  #size = 0;
  /** What the last checkpoint vouches for. */
  #durable: readonly ByteRange[] = [];
  #sha256: string | undefined;
  #origin = '';

  private constructor(options: PartStateOptions, part: PartHandle) {
    this.partPath = options.partPath;
    this.#options = options;
    this.#part = part;
    this.#checkpointer = this.#newCheckpointer();
  }

  /** Opens the part and takes over what journal and block log prove; anything else is dropped. */
  static async open(options: PartStateOptions): Promise<PartState> {
    const state = new PartState(options, await options.openPart(options.partPath));
    try {
      await state.#takeOver();
      return state;
    } catch (error) {
      await state[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Bytes on disk from 0 on without a hole, plus those beyond. */
  get presentBytes(): number {
    return this.ranges.size;
  }

  /** What the part takes up on the disk. */
  get occupiedBytes(): number {
    return Math.max(this.presentBytes, this.#comparedBytes);
  }

  get isComplete(): boolean {
    const total = this.entity?.totalBytes;
    return total !== undefined && this.ranges.firstGap(total) === undefined;
  }

  canHold(): boolean {
    return true;
  }

  /** Forgets everything: the journal first, so that it never claims bytes that are gone. */
  async restart(): Promise<void> {
    await this.#checkpointer.settled();
    await this.#closeLog();
    this.entity = undefined;
    this.resumedBytes = 0;
    this.ranges = new ByteRanges();
    this.#known.clear();
    this.#comparedBytes = 0;
    this.#durable = [];
    this.#session?.[Symbol.dispose]();
    this.#session = undefined;
    this.#checkpointer = this.#newCheckpointer();
    await this.#writeJournal();
    await this.#part.truncate(0);
    this.#size = 0;
    this.#hashFrontier = 0;
  }

  /** Writes `length` bytes of blocks, hashes them from memory and releases the blocks, whatever happens. */
  async write(blocks: readonly Block[], length: number, { position, isSlow }: Landing): Promise<void> {
    const isNext = position === this.#hashFrontier;
    if (isNext) this.#hashFrontier += length;
    const stretches = stretchesOf(blocks, length, position);
    const digesting = this.#hash.blocks(blocks, length, isNext ? position : undefined);
    const writing =
      this.#known.size > 0
        ? this.#writeWhatIsOther(stretches, digesting)
        : writeBlocks(this.#part, stretches, { isCached: isSlow || !isNext });
    const [digests] = await Promise.allSettled([digesting, writing]);
    for (const block of blocks) block.release();
    await writing;
    if (digests.status === 'rejected') throw digests.reason;
    this.ranges.add(position, position + length);
    this.#size = Math.max(this.#size, position + length);
    this.#hashUpTo(this.ranges.frontier);
    const noting = this.#note(recordsFor(stretches, digests.value));
    // A piece is lost with the process until it is noted; at full speed nobody can wait for that.
    if (length < BLOCK_BYTES) await noting;
    await this.#checkpointer.wrote(length);
  }

  async flush(): Promise<void> {
    await this.#checkpointer.flush();
  }

  /** Cuts the part to its entity's length, makes it durable and says what it hashes to. */
  async measure(options: FinishOptions): Promise<FileHashes> {
    const total = this.entity?.totalBytes ?? this.ranges.end;
    if (this.#size !== total) await this.#part.truncate(total);
    const hashing = this.#hash.finish(total, options);
    const [hashes] = await Promise.all([hashing, this.#needsProof ? this.#part.datasync() : undefined]);
    await refuseChangeling(this.#part, this.partPath).catch(async (error: unknown) => {
      // What it proves are the bytes of a file that is gone.
      await removeProof(this.partPath);
      throw error;
    });
    this.#sha256 = hashes.SHA256;
    await this.flush();
    return hashes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session?.[Symbol.dispose]();
    await this.#checkpointer.settled();
    await this.#closeLog();
    await this.#part.close();
  }

  async #takeOver(): Promise<void> {
    const { partPath, compareWith, damaged = [] } = this.#options;
    const [{ size }, journal] = await Promise.all([this.#part.stat(), readJournal(journalPath(partPath))]);
    this.#size = size;
    this.hasProof = journal !== undefined;
    const proven = journal && (await provePart(partPath, size, { ...this.#options, journal }));
    if (proven && compareWith) this.#compareWith(compareWith, size);
    else if (proven) await this.#resume(proven, damaged);
    else if (journal || size > 0) await this.restart();
  }

  async #resume(proven: ProvenPart, damaged: readonly ByteRange[]): Promise<void> {
    this.entity = proven.entity;
    this.ranges = new ByteRanges(proven.segments);
    for (const [start, end] of damaged) this.ranges.remove(start, end);
    this.resumedBytes = this.ranges.size;
    this.#durable = proven.synced;
    this.#origin = proven.origin;
    if (proven.log) {
      this.#log = BlockLog.resume(blockLogPath(this.partPath), proven.log);
      await this.#log;
    }
    this.#hashUpTo(this.ranges.frontier);
  }

  #compareWith(records: readonly BlockRecord[], partSize: number): void {
    this.#comparedBytes = partSize;
    this.#known = new Map(records.map((record) => [record.start, record]));
  }

  async #writeWhatIsOther(stretches: readonly Stretch[], digesting: Promise<readonly Uint8Array[]>): Promise<void> {
    const records = recordsFor(stretches, await digesting);
    for (const [index, stretch] of stretches.entries()) {
      const [known, record] = [this.#known.get(stretch.position), records[index]];
      const isSame = record && known?.length === record.length && Buffer.compare(known.digest, record.digest) === 0;
      if (!isSame) await writeBlocks(this.#part, [stretch], { isCached: false });
    }
  }

  #hashUpTo(frontier: number): void {
    if (frontier <= this.#hashFrontier) return;
    this.#hashFrontier = frontier;
    this.#hash.advance(frontier);
  }

  /** Only where there is something to go on with later: a version that is known, and more than one block of it. */
  async #note(records: readonly BlockRecord[]): Promise<void> {
    if ((this.entity?.totalBytes ?? 0) <= BLOCK_BYTES) return;
    this.#log ??= this.#beginLog();
    // The next checkpoint hears it if the log could not be begun or written.
    const log = await this.#log.catch(() => undefined);
    log?.add(records);
    await log?.settled().catch(() => undefined);
  }

  /** The journal has to name the log and the version before a record counts. */
  async #beginLog(): Promise<BlockLog> {
    const log = await BlockLog.create(blockLogPath(this.partPath));
    try {
      // Unsynced: a kill soon after the start would find nothing noted while the disk is busy.
      await this.#writeJournal({ id: log.id, bytes: await log.settled() }, false);
    } catch (error) {
      await log[Symbol.asyncDispose]();
      throw error;
    }
    return log;
  }

  async #closeLog(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    // One that could not be begun has told whoever wrote.
    const opened = await log?.catch(() => undefined);
    await opened?.[Symbol.asyncDispose]();
  }

  get #hash(): HashSession {
    this.#session ??= this.#options.hashThread().follow(this.partPath, this.#options.hashNames);
    return this.#session;
  }

  /** A file of one block is fetched again as quickly as its journal is read. */
  get #needsProof(): boolean {
    return this.hasProof || (this.entity?.totalBytes ?? Number.POSITIVE_INFINITY) > BLOCK_BYTES;
  }

  #newCheckpointer(): Checkpointer {
    return new Checkpointer({ clock: this.#options.clock, checkpoint: () => this.#checkpoint() });
  }

  async #checkpoint(): Promise<void> {
    if (!this.#needsProof) return;
    const segments = [...this.ranges.toArray()];
    const log = await this.#log;
    const logBytes = await log?.settled();
    await Promise.all([this.#part.datasync(), log?.datasync()]);
    this.#durable = segments;
    await this.#writeJournal(log && { id: log.id, bytes: logBytes ?? 0 });
  }

  async #writeJournal(blockLog?: { readonly id: string; readonly bytes: number }, isSynced = true): Promise<void> {
    this.hasProof = true;
    const journal: Journal = {
      format: 'kura-part',
      version: 2,
      origin: this.#options.origin() ?? this.#origin,
      totalBytes: this.entity?.totalBytes,
      validators: this.entity?.validators ?? {},
      expected: definedOnly(this.#options.expected),
      segments: this.#durable.map(([start, end]) => [start, end]),
      ...(blockLog && { blockLog }),
      hash: { hashedBytes: this.#session?.hashedBytes ?? 0, sha256: this.#sha256 },
    };
    await writeJournal(journalPath(this.partPath), journal, isSynced);
  }
}

/** Removes a part and all that stands beside it. */
export async function removePart(partPath: string): Promise<void> {
  await removeProof(partPath);
  await removeFile(partPath);
}

/** Removes what proves a part's bytes: without it they are nobody's. */
export async function removeProof(partPath: string): Promise<void> {
  // The journal last: what is left by a kill in between is found by it.
  await removeBlockLog(blockLogPath(partPath));
  await removeJournal(journalPath(partPath));
}

function definedOnly(expected: ExpectedHashes): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(expected)) if (value !== undefined) defined[name] = value;
  return defined;
}
