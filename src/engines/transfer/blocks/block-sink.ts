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
  /** Writes the block's first `length` bytes and releases it, whatever happens. */
  readonly write: (block: Block, length: number, position: number) => Promise<void>;
  /** Told of bytes that have arrived. */
  readonly arrived: (count: number) => void;
  /** Asked about bytes that have arrived; its answer is waited for before much more is read. */
  readonly admit?: ((count: number) => Promise<void>) | undefined;
}

/** Writes of one connection under way: enough to keep the disk busy. */
const MAX_WRITES = 4;
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
    return pieceBytes - (this.#position % pieceBytes);
  }

  get #mostWrites(): number {
    return this.#options.pace.pieceBytes < BLOCK_BYTES ? MAX_PIECES : MAX_WRITES;
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
      if (granted === 0 || !block) return;
      this.#block = undefined;
      this.#track(this.#options.write(block, granted, this.#position), granted);
      this.#position += granted;
    } catch (error) {
      this.#failure ??= { error };
    }
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
