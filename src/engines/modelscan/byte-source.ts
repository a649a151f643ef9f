/**
 * Where scanned bytes come from: a file, a buffer, or a range of either (a zip member). Reads are positional and
 * synchronous on purpose: parsers step byte by byte, and the scan has a thread of its own (createScanner).
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

import { KIB } from '#kernel/units';

export interface ByteSource {
  /** Length in bytes, fixed when the source was opened. */
  readonly size: number;
  /** The bytes at `offset`; shorter than `length` only where the source ends. May be a view: do not write to it. */
  read(offset: number, length: number): Buffer;
}

export interface FileSource extends ByteSource, Disposable {
  readonly modifiedMs: number;
  /** Whether it is another file than it was when it was opened, or its size or time are no longer the same. */
  hasChanged(): boolean;
}

/** Read at once: parsers ask for many small pieces, and each would be a call into the system. */
const SMALL_FILE = 128 * KIB;
/** Opening a pipe must not wait for its other end. Windows knows neither the flag nor such files. */
const OPEN_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** One buffer for small files, lent to one of them at a time: making one takes longer than filling it. */
let lent: Buffer | undefined = Buffer.allocUnsafeSlow(SMALL_FILE);

/** Opens a regular file for positional reads on one descriptor. @throws the system error when it cannot be opened. */
export function openFileSource(path: string): FileSource {
  const descriptor = openSync(path, OPEN_AT_ONCE);
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) throw new Error('not a regular file');
    return facts.size <= SMALL_FILE ? new SmallFile(descriptor, facts) : new OpenFile(descriptor, facts);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

class OpenFile implements FileSource {
  readonly size: number;
  readonly #descriptor: number;
  readonly #facts: Stats;

  constructor(descriptor: number, facts: Stats) {
    this.size = facts.size;
    this.#descriptor = descriptor;
    this.#facts = facts;
  }

  get modifiedMs(): number {
    return this.#facts.mtimeMs;
  }

  read(offset: number, length: number): Buffer {
    const wanted = clampLength(this.size, offset, length);
    return readInto(this.#descriptor, Buffer.allocUnsafe(wanted), offset);
  }

  hasChanged(): boolean {
    const [then, now] = [this.#facts, fstatSync(this.#descriptor)];
    return now.size !== then.size || now.mtimeMs !== then.mtimeMs || now.ino !== then.ino || now.dev !== then.dev;
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

class SmallFile extends OpenFile {
  readonly #buffer: Buffer;
  readonly #content: Buffer;

  constructor(descriptor: number, facts: Stats) {
    super(descriptor, facts);
    this.#buffer = lent ?? Buffer.allocUnsafeSlow(SMALL_FILE);
    lent = undefined;
    this.#content = readInto(descriptor, this.#buffer.subarray(0, facts.size), 0);
  }

  override read(offset: number, length: number): Buffer {
    return this.#content.subarray(offset, offset + clampLength(this.#content.length, offset, length));
  }

  /**
   * All of it was read in one go when it was opened, so what is written later is no part of what was scanned; a write in
   * that moment leaves `modifiedMs` older than the file's time, by which a caller knows a stale report.
   */
  override hasChanged(): boolean {
    return this.#content.length !== this.size;
  }

  override [Symbol.dispose](): void {
    lent = this.#buffer;
    super[Symbol.dispose]();
  }
}

export function bufferSource(content: Uint8Array): ByteSource {
  return new BufferSource(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}

class BufferSource implements ByteSource {
  readonly #content: Buffer;

  constructor(content: Buffer) {
    this.#content = content;
  }

  get size(): number {
    return this.#content.length;
  }

  read(offset: number, length: number): Buffer {
    return this.#content.subarray(offset, offset + clampLength(this.#content.length, offset, length));
  }
}

/** A window of another source; reading past it reads nothing. */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  return new SliceSource(source, start, Math.max(0, Math.min(size, source.size - start)));
}

class SliceSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #start: number;
  readonly size: number;

  constructor(source: ByteSource, start: number, size: number) {
    this.#source = source;
    this.#start = start;
    this.size = size;
  }

  read(offset: number, length: number): Buffer {
    return this.#source.read(this.#start + offset, clampLength(this.size, offset, length));
  }
}

/** The same bytes, with every read reported: what "bytes read" in a report counts. */
export function countingSource(source: ByteSource, onRead: (count: number) => void): ByteSource {
  return {
    size: source.size,
    read(offset, length) {
      const content = source.read(offset, length);
      onRead(content.length);
      return content;
    },
  };
}

function clampLength(size: number, offset: number, length: number): number {
  return offset < 0 ? 0 : Math.max(0, Math.min(length, size - offset));
}

/** Fills as much of `buffer` as the file has. */
function readInto(descriptor: number, buffer: Buffer, offset: number): Buffer {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
