/** Moves one answer's bytes to disk in blocks, writing one block while the next one arrives. */
import { MIB } from '#kernel/units';

import type { BodyReader } from './body-reader.ts';
import type { TransferRun } from './transfer-run.ts';

/** Large blocks: the cost per byte of a write falls to a quarter between 4 KiB and 1 MiB (models-peers.md §3a). */
const BLOCK = MIB;

export interface PumpOptions {
  readonly run: TransferRun;
  readonly reader: BodyReader;
  /** Where the first byte goes. */
  readonly position: number;
  readonly signal: AbortSignal;
  /** How many of these bytes may be written at the current position; fewer than offered ends the pump. */
  readonly claim: (count: number) => number;
  /** Whether all that is wanted is claimed although the answer goes on; asked after each claim. */
  readonly isSatisfied?: () => boolean;
}

/**
 * Runs until the answer ends, `claim` grants less than offered or nothing more is wanted; says how many bytes were written. What had arrived
 * when the connection broke is written too, before the error goes on.
 */
export async function pump(options: PumpOptions): Promise<number> {
  const { run, reader, signal } = options;
  const writer = new BlockWriter(options);
  run.meter.connections += 1;
  try {
    for (let chunk = await run.read(reader, signal); chunk; chunk = await run.read(reader, signal)) {
      if (!(await writer.push(chunk))) break;
    }
  } finally {
    run.meter.connections -= 1;
    await writer.end();
  }
  return writer.written;
}

class BlockWriter {
  written = 0;
  readonly #options: PumpOptions;
  #block: Uint8Array[] = [];
  #size = 0;
  #position: number;
  #underWay: Promise<void> = Promise.resolve();
  #isFull = false;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#position = options.position;
  }

  /** False when no more bytes are wanted. */
  async push(chunk: Uint8Array): Promise<boolean> {
    this.#block.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= BLOCK) await this.#flush();
    return !this.#isFull;
  }

  async end(): Promise<void> {
    await this.#flush();
    await this.#underWay;
  }

  async #flush(): Promise<void> {
    await this.#underWay;
    const offered = this.#size;
    if (offered === 0 || this.#isFull) return;
    const granted = this.#options.claim(offered);
    this.#isFull = granted < offered || (this.#options.isSatisfied?.() ?? false);
    const chunks = firstBytes(this.#block, granted);
    this.#block = [];
    this.#size = 0;
    if (granted === 0) return;
    this.#underWay = this.#write(chunks, granted);
    // Awaited before the next block or at the end; until then nobody listens.
    this.#underWay.catch(() => undefined);
  }

  async #write(chunks: readonly Uint8Array[], count: number): Promise<void> {
    const at = this.#position;
    this.#position += count;
    await this.#options.run.state.write(chunks, at);
    this.#options.run.meter.add(count);
    this.written += count;
  }
}

function firstBytes(chunks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  const kept: Uint8Array[] = [];
  let left = count;
  for (const chunk of chunks) {
    if (left <= 0) break;
    kept.push(chunk.subarray(0, left));
    left -= chunk.length;
  }
  return kept;
}
