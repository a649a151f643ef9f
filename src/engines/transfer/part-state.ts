/** One `.part` with its journal and its hash: what is here, which version it belongs to, and how it became durable. */
import { rm, stat } from 'node:fs/promises';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { type ByteRange, ByteRanges } from './byte-ranges.ts';
import type { Entity } from './entity.ts';
import type { ExpectedHashes, FileHashes, HashName } from './file-hashes.ts';
import type { FinishOptions, HashSession, HashThread } from './hash-thread.ts';
import { type Journal, readJournal, removeJournal, writeJournal } from './journal.ts';
import { Checkpointer, type OpenPart, type PartHandle, writeAll } from './part-file.ts';

export interface PartStateOptions {
  readonly partPath: string;
  /** Scheme, host and path of the address asked for, once it is known. */
  readonly origin: () => string | undefined;
  readonly expected: ExpectedHashes;
  readonly hashNames: readonly HashName[];
  readonly hashThread: HashThread;
  readonly openPart: OpenPart;
  readonly clock: Clock;
}

export class PartState implements AsyncDisposable {
  readonly partPath: string;
  /** Bytes that are written; the segment plan reads it. */
  ranges = new ByteRanges();
  /** The version the bytes belong to; undefined until a source has said. */
  entity: Entity | undefined;
  /** Bytes taken over from an earlier run; 0 once they had to be dropped. */
  resumedBytes = 0;
  readonly #options: PartStateOptions;
  readonly #part: PartHandle;
  #checkpointer: Checkpointer;
  #hash: HashSession;
  #sha256: string | undefined;
  #origin = '';

  private constructor(options: PartStateOptions, part: PartHandle) {
    this.partPath = options.partPath;
    this.#options = options;
    this.#part = part;
    this.#checkpointer = this.#newCheckpointer();
    this.#hash = this.#follow();
  }

  /** Opens the part and takes over what its journal proves; anything else is dropped. */
  static async open(options: PartStateOptions): Promise<PartState> {
    const journal = await readJournal(journalPath(options.partPath));
    const state = new PartState(options, await options.openPart(options.partPath));
    const { size } = await state.#part.stat();
    if (journal && provesBytes(journal, size, options.expected)) state.#resume(journal);
    else await state.restart();
    return state;
  }

  /** Bytes on disk from 0 on without a hole, plus those beyond. */
  get presentBytes(): number {
    return this.ranges.size;
  }

  get isComplete(): boolean {
    const total = this.entity?.totalBytes;
    return total !== undefined && this.ranges.firstGap(total) === undefined;
  }

  /** Forgets everything: the journal first, so that it never claims bytes that are gone. */
  async restart(): Promise<void> {
    await this.#checkpointer.settled();
    this.entity = undefined;
    this.resumedBytes = 0;
    this.ranges = new ByteRanges();
    this.#hash[Symbol.dispose]();
    this.#checkpointer = this.#newCheckpointer();
    await this.#writeJournal();
    await this.#part.truncate(0);
    this.#hash = this.#follow();
  }

  async write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    await writeAll(this.#part, chunks, position);
    const before = this.ranges.frontier;
    this.ranges.add(position, position + length);
    if (this.ranges.frontier > before) this.#hash.advance(this.ranges.frontier);
    await this.#checkpointer.wrote(length);
  }

  async flush(): Promise<void> {
    await this.#checkpointer.flush();
  }

  /** Cuts the part to its entity's length, makes it durable and says what it hashes to. */
  async measure(options: FinishOptions): Promise<FileHashes> {
    const total = this.entity?.totalBytes ?? this.ranges.end;
    await this.#part.truncate(total);
    await this.flush();
    const hashes = await this.#hash.finish(total, options);
    await this.#refuseChangeling();
    this.#sha256 = hashes.SHA256;
    await this.flush();
    return hashes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hash[Symbol.dispose]();
    await this.#checkpointer.settled();
    await this.#part.close();
  }

  /** What was measured is the file that is open; under its name somebody may have put another one meanwhile. */
  async #refuseChangeling(): Promise<void> {
    const [open, named] = [await this.#part.stat(), await stat(this.partPath).catch(() => undefined)];
    if (open.ino === named?.ino) return;
    await removeJournal(journalPath(this.partPath));
    throw new KuraError('mismatch', 'transfer.part-changed', { params: { path: this.partPath } });
  }

  #resume(journal: Journal): void {
    this.entity = { totalBytes: journal.totalBytes, validators: journal.validators };
    this.ranges = new ByteRanges(journal.segments);
    this.resumedBytes = this.ranges.size;
    this.#origin = journal.origin;
    this.#hash.advance(this.ranges.frontier);
  }

  #follow(): HashSession {
    return this.#options.hashThread.follow(this.partPath, this.#options.hashNames);
  }

  #newCheckpointer(): Checkpointer {
    return new Checkpointer({ clock: this.#options.clock, checkpoint: () => this.#checkpoint() });
  }

  async #checkpoint(): Promise<void> {
    const segments = [...this.ranges.toArray()];
    await this.#part.datasync();
    await this.#writeJournal(segments);
  }

  async #writeJournal(segments: readonly ByteRange[] = []): Promise<void> {
    await writeJournal(journalPath(this.partPath), {
      format: 'kura-part',
      version: 1,
      origin: this.#options.origin() ?? this.#origin,
      totalBytes: this.entity?.totalBytes,
      validators: this.entity?.validators ?? {},
      expected: definedOnly(this.#options.expected),
      segments: segments.map(([start, end]) => [start, end]),
      hash: { hashedBytes: this.#hash.hashedBytes, sha256: this.#sha256 },
    });
  }
}

export function journalPath(partPath: string): string {
  return `${partPath}.json`;
}

/** Removes a part and all that stands beside it. */
export async function removePart(partPath: string): Promise<void> {
  await removeJournal(journalPath(partPath));
  await rm(partPath, { force: true });
}

/** A journal is believed if the bytes it names exist and it was written for the same published hashes. */
function provesBytes(journal: Journal, partSize: number, expected: ExpectedHashes): boolean {
  const end = journal.segments.reduce((max, range) => Math.max(max, range[1]), 0);
  if (journal.totalBytes === undefined) return false;
  const inOrder = journal.segments.every(([start, stop]) => start < stop);
  const sameFile = Object.entries(definedOnly(expected)).every(
    ([name, value]) => (journal.expected[name] ?? value) === value,
  );
  return inOrder && sameFile && end <= partSize && end <= journal.totalBytes && end > 0;
}

function definedOnly(expected: ExpectedHashes): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(expected)) if (value !== undefined) defined[name] = value;
  return defined;
}
