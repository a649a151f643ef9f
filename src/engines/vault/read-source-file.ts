/** Reads one file of the source into the store, and notices when it changes meanwhile. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import type { BlobStore } from './blob-store.ts';
import { createContentWriter } from './content.ts';
import type { Content } from './tree-entry.ts';
import { sessionFor, type VaultContext } from './vault-context.ts';

export interface SourceReading {
  readonly content: Content;
  /** As they were after the last byte was read. */
  readonly facts: BigIntStats;
  /** It changed during each of the attempts. */
  readonly torn: boolean;
}

export interface SourceReader {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  readonly onRead: (bytes: number) => void;
}

/** Failures of the source, told apart from failures of the repository. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

const ATTEMPTS = 3;

/** @throws SourceUnreadable, with the system error as its cause, when the file cannot be opened or read. */
export async function readSourceFile(reader: SourceReader, path: Buffer): Promise<SourceReading> {
  // A link or pipe that took the file's place since it was listed must neither be followed nor waited for.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  for (let attempt = 1; ; attempt++) {
    await using file = await fromSource(open(path, flags));
    const before = await fromSource(file.stat({ bigint: true }));
    if (!before.isFile()) throw new SourceUnreadable('replaced', { cause: new Error('no longer a regular file') });
    const content = await storeFile(reader, file, Number(before.size));
    const facts = await fromSource(file.stat({ bigint: true }));
    const stable = sameState(before, facts) && content.size === Number(facts.size);
    if (stable || attempt === ATTEMPTS) return { content, facts, torn: !stable };
  }
}

export function sameState(
  one: Pick<BigIntStats, 'mtimeNs' | 'ctimeNs' | 'size' | 'ino'>,
  other: Pick<BigIntStats, 'mtimeNs' | 'ctimeNs' | 'size' | 'ino'>,
): boolean {
  return (
    one.size === other.size && one.mtimeNs === other.mtimeNs && one.ctimeNs === other.ctimeNs && one.ino === other.ino
  );
}

async function storeFile(reader: SourceReader, file: FileHandle, expected: number): Promise<Content> {
  const { chunkBytes } = reader.context.config;
  using session = sessionFor(reader.context, expected);
  const writer = createContentWriter(reader.store, session, reader.signal);
  // One byte more than expected, so that a file that grew is seen to have grown.
  for (let offset = 0; ; ) {
    const wanted = Math.min(chunkBytes, Math.max(1, expected - offset + 1));
    const chunk = await readFully(file, offset, wanted);
    // The writer hands the bytes to another thread: afterwards they are gone from here.
    const length = chunk.byteLength;
    if (length > 0) await writer.add(chunk);
    offset += length;
    reader.onRead(length);
    if (length < wanted || offset > expected) return await writer.finish();
  }
}

async function readFully(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const target = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await fromSource(file.read(target, done, length - done, offset + done));
    if (bytesRead === 0) return target.slice(0, done);
    done += bytesRead;
  }
  return target;
}

async function fromSource<Result>(operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (cause) {
    throw new SourceUnreadable('cannot read', { cause });
  }
}
