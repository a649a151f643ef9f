/** Takes one answer's bytes into blocks and hands full ones on to the part, a few of them at a time. */
import type { Clock } from '#kernel/clock';
import { KIB } from '#kernel/units';

import type { BodySink } from '../answer-body.ts';
import { BLOCK_BYTES, type Block, type BlockPool } from './block-pool.ts';
import type { Pace } from './pace.ts';

export interface BlockSinkOptions {
  readonly blocks: BlockPool;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Where the first byte goes. */
  readonly position: number;
  readonly signal: AbortSignal;
  /** How many of these bytes may be written at the current position; fewer than offered ends the sink. */
  readonly claim: (count: number) => number;
  /** Whether all that is wanted is claimed although the answer goes on; asked after each claim. */
  readonly isSatisfied?: (() => boolean) | undefined;
  /** Writes `length` bytes of blocks that follow each other, all but the last full, and releases them, whatever happens. */
  readonly write: (blocks: readonly Block[], length: number, position: number) => Promise<void>;
  /** Told of bytes that have arrived. */
  readonly arrived: (count: number) => void;
  /** Asked about bytes that have arrived; its answer is waited for before much more is read. */
  readonly admit?: ((count: number) => Promise<void>) | undefined;
}

/** Blocks of one connection being written: enough to keep the disk busy. */
const MAX_BLOCKS = 4;
/** With the one that is being filled these are one block: no more is lost with the process. */
const MAX_PIECES = 3;
/** Read at once when there is somebody to ask about it. */
const ADMITTED_PIECE = 64 * KIB;

export class BlockSink implements BodySink {
  written = 0;
  readonly #options: BlockSinkOptions;
  #block: Block | undefined;
  /** What is put into it before it is handed on; 0 before the first space of it has been given. */
  #capacity = 0;
  #filled = 0;
  #begunAt = 0;
  /** Full blocks that wait for another one, so that they are written together. */
  #gathered: Block[] = [];
  #gatheredBytes = 0;
  /** Where the first of them goes, or else the one that is being filled. */
  #position: number;
  #isFull = false;
  #failure: { readonly error: unknown } | undefined;
  readonly #writes = new Set<Promise<void>>();
  #unadmitted = 0;
  #admission: Promise<void> = Promise.resolve();

  constructor(options: BlockSinkOptions) {
    this.#options = options;
    this.#position = options.position;
  }

  get isSatisfied(): boolean {
    return this.#isFull || this.#failure !== undefined;
  }

  space(): Uint8Array | undefined {
    if (this.#unadmitted > ADMITTED_PIECE) return undefined;
    if (!this.#block) {
      if (this.#writes.size >= this.#mostWrites) return undefined;
      this.#block = this.#options.blocks.tryTake();
      // Memory that waits for memory would be waited for by others.
      if (!this.#block) this.#writeGathered();
    }
    this.#capacity ||= this.#pieceLeft;
    const end = this.#options.admit ? Math.min(this.#capacity, this.#filled + ADMITTED_PIECE) : this.#capacity;
    return this.#block?.bytes.subarray(this.#filled, end);
  }

  landed(count: number): void {
    if (this.#filled === 0) this.#begunAt = this.#options.clock.monotonic();
    this.#filled += count;
    this.#options.arrived(count);
    if (this.#options.admit) this.#admit(this.#options.admit, count);
    if (this.#filled === this.#capacity) this.#handOn();
  }

  async ready(): Promise<void> {
    const { signal, blocks } = this.#options;
    signal.throwIfAborted();
    if (this.#unadmitted > ADMITTED_PIECE) await this.#admission;
    while (this.#writes.size >= this.#mostWrites) {
      await Promise.race(this.#writes);
    }
    if (!this.isSatisfied) this.#block ??= await blocks.take(signal);
  }

  /** Hands on what is in the last block and waits for the disk. @throws what a write or a claim failed with. */
  async end(): Promise<void> {
    if (this.#filled > 0 && !this.isSatisfied) this.#handOn();
    this.#writeGathered();
    this.#block?.release();
    this.#block = undefined;
    await Promise.all(this.#writes);
    // What has arrived is paid for before it counts: the last bytes are bytes, too.
    if (!this.#failure) await this.#admission;
    if (this.#failure) throw this.#failure.error;
  }

  /** Up to the next multiple of a piece in the file, so that later ones are aligned. */
  get #pieceLeft(): number {
    const { pieceBytes } = this.#options.pace;
    return pieceBytes - ((this.#position + this.#gatheredBytes) % pieceBytes);
  }

  get #mostWrites(): number {
    const { pieceBytes, together } = this.#options.pace;
    return pieceBytes < BLOCK_BYTES ? MAX_PIECES : Math.max(1, Math.floor(MAX_BLOCKS / together));
  }

  #handOn(): void {
    const block = this.#block;
    const { pace, clock } = this.#options;
    const offered = this.#filled;
    pace.measured(offered, clock.monotonic() - this.#begunAt);
    this.#filled = 0;
    this.#capacity = 0;
    try {
      const granted = this.#options.claim(offered);
      this.#isFull = granted < offered || (this.#options.isSatisfied?.() ?? false);
      if (granted > 0 && block) {
        this.#block = undefined;
        this.#gathered.push(block);
        this.#gatheredBytes += granted;
      }
      const isWhole = granted === BLOCK_BYTES && this.#gathered.length < pace.together;
      if (!isWhole || this.#isFull) this.#writeGathered();
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #writeGathered(): void {
    const [blocks, length] = [this.#gathered, this.#gatheredBytes];
    if (length === 0) return;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#track(this.#options.write(blocks, length, this.#position), length);
    this.#position += length;
  }

  #track(write: Promise<void>, count: number): void {
    const tracked = write.then(
      () => {
        this.written += count;
        this.#writes.delete(tracked);
      },
      (error: unknown) => {
        this.#failure ??= { error };
        this.#writes.delete(tracked);
      },
    );
    this.#writes.add(tracked);
  }

  #admit(admit: (count: number) => Promise<void>, count: number): void {
    this.#unadmitted += count;
    this.#admission = admit(count).then(
      () => {
        this.#unadmitted -= count;
      },
      (error: unknown) => {
        this.#failure ??= { error };
      },
    );
  }
}
