/** The bytes under way: positioned writes, and checkpoints that make them durable before the journal claims them. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Clock } from '#kernel/clock';
import { DirectFile } from '#kernel/direct-file';
import { MIB, SECOND } from '#kernel/units';

/** The part of a `FileHandle` the engine uses. */
export interface PartHandle extends DirectPart {
  writev(buffers: readonly Uint8Array[], position: number): Promise<{ bytesWritten: number }>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<{ size: number; ino: number }>;
  close(): Promise<void>;
}

/** Writes past the page cache, which costs a third and leaves other files' pages alone. Memory must be page-aligned. */
interface DirectPart {
  /** Bytes taken; none when this volume has no such writing: write the ordinary way. */
  writeDirect?(buffers: readonly Uint8Array[], position: number): Promise<number>;
}

export type OpenPart = (path: string) => Promise<PartHandle>;

/** Owner-only until it is committed: a part may be anything. */
export async function openPartFile(path: string): Promise<PartHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const direct = new DirectFile(file.fd);
  return {
    writev: (buffers, position) => file.writev(buffers, position),
    writeDirect: (buffers, position) => direct.writev(buffers, position),
    datasync: () => file.datasync(),
    truncate: (length) => file.truncate(length),
    stat: () => file.stat(),
    async close() {
      await direct[Symbol.asyncDispose]();
      await file.close();
    },
  };
}

export interface Stretch {
  readonly bytes: Uint8Array;
  readonly position: number;
}

/** Writes stretches that follow each other, past the page cache where that is possible and they are not to be kept there. */
export async function writeBlocks(
  part: PartHandle,
  stretches: readonly Stretch[],
  options: { readonly isCached: boolean },
): Promise<void> {
  const buffers = stretches.map(({ bytes }) => bytes);
  const at = stretches[0]?.position ?? 0;
  const written = (options.isCached ? undefined : await part.writeDirect?.(buffers, at)) ?? 0;
  await writeAll(part, dropBytes(buffers, written), at + written);
}

/** Writes everything; the kernel may take less than offered in one call. */
export async function writeAll(part: PartHandle, chunks: readonly Uint8Array[], position: number): Promise<void> {
  let rest = chunks;
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await part.writev(rest, at);
    at += bytesWritten;
    rest = dropBytes(rest, bytesWritten);
  }
}

function dropBytes(chunks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let left = count;
  let index = 0;
  for (; index < chunks.length; index += 1) {
    const length = chunks[index]?.length ?? 0;
    if (left < length) break;
    left -= length;
  }
  const [first, ...others] = chunks.slice(index);
  return first === undefined ? [] : [first.subarray(left), ...others];
}

export interface CheckpointerDeps {
  readonly clock: Clock;
  /** Runs one checkpoint: note the ranges, sync the bytes, write the journal. */
  readonly checkpoint: () => Promise<void>;
}

/** Bytes that a power cut may cost when the disk keeps up; twice that when it does not, then writers wait. */
const CHECKPOINT_BYTES = 256 * MIB;
const CHECKPOINT_MS = SECOND;

/** Decides when to make a checkpoint, one at a time, and holds writers back when the disk cannot follow. */
export class Checkpointer {
  readonly #deps: CheckpointerDeps;
  #unsynced = 0;
  #lastAt: number;
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(deps: CheckpointerDeps) {
    this.#deps = deps;
    this.#lastAt = deps.clock.monotonic();
  }

  /** Call after each write that finished. Rejects with the error of a checkpoint that failed. */
  async wrote(count: number): Promise<void> {
    this.#unsynced += count;
    const due = this.#unsynced >= CHECKPOINT_BYTES || this.#deps.clock.monotonic() - this.#lastAt >= CHECKPOINT_MS;
    if (due && !this.#running) this.#running = this.#run();
    if (this.#unsynced >= 2 * CHECKPOINT_BYTES) await this.#running;
    if (this.#failure) throw this.#failure.error;
  }

  /** Resolves when no checkpoint is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Makes everything written so far durable and journalled. */
  async flush(): Promise<void> {
    await this.#running;
    this.#running = this.#run();
    await this.#running;
    if (this.#failure) throw this.#failure.error;
  }

  async #run(): Promise<void> {
    this.#unsynced = 0;
    try {
      await this.#deps.checkpoint();
    } catch (error) {
      this.#failure = { error };
    }
    this.#lastAt = this.#deps.clock.monotonic();
    this.#running = undefined;
  }
}
