/**
 * Where scanned bytes come from: a file, a buffer, or a range of either (a zip member). Reads are positional and
 * synchronous on purpose: parsers step byte by byte, and the scan has a thread of its own (createScanner).
 */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

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

/** Opens a regular file for positional reads on one descriptor. @throws the system error when it cannot be opened. */
export function openFileSource(path: string): FileSource {
  // Asked before opening: opening a pipe would wait for its other end.
  const facts = statSync(path);
  if (!facts.isFile()) throw new Error('not a regular file');
  const descriptor = openSync(path, 'r');
  const whole = facts.size <= SMALL_FILE ? bufferSource(readAt(descriptor, 0, facts.size)) : undefined;
  return {
    size: facts.size,
    modifiedMs: facts.mtimeMs,
    read: (offset, length) =>
      whole?.read(offset, length) ?? readAt(descriptor, offset, clampLength(facts.size, offset, length)),
    hasChanged: () => {
      const now = fstatSync(descriptor);
      return now.size !== facts.size || now.mtimeMs !== facts.mtimeMs || now.ino !== facts.ino || now.dev !== facts.dev;
    },
    [Symbol.dispose]: () => {
      closeSync(descriptor);
    },
  };
}

export function bufferSource(content: Uint8Array): ByteSource {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    size: buffer.length,
    read: (offset, length) => buffer.subarray(offset, offset + clampLength(buffer.length, offset, length)),
  };
}

/** A window of another source; reading past it reads nothing. */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  const bounded = Math.max(0, Math.min(size, source.size - start));
  return {
    size: bounded,
    read: (offset, length) => source.read(start + offset, clampLength(bounded, offset, length)),
  };
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

function readAt(descriptor: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
