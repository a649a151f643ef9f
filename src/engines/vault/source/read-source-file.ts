/** Reads one file of the source into the store, and notices when it changes meanwhile. */
import { hash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sha256 } from '#kernel/brands';
import { DirectFile } from '#kernel/direct-file';
import { KIB, MIB } from '#kernel/units';
import type { QuickTurns } from '../file-system/quick-turns.ts';
import { type ContentWriter, createContentWriter, createCutWriter } from '../format/content-writer.ts';
import { fileCuts } from '../format/cut-by-content.ts';
import type { BlobSession } from '../objects/blob-session.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import { sessionFor, type VaultContext, worksInline } from '../repository/vault-context.ts';
import type { Content } from '../snapshot/tree-entry.ts';
import { looksLiving } from './living-content.ts';

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
  /** For small files; without it other threads read them, too. */
  readonly turns?: QuickTurns;
}

/** Failures of the source, told apart from failures of the repository. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

const ATTEMPTS = 3;
/** From this on files are read past the page cache, unless they are cut: a database is likely to be in it. */
const DIRECT_FROM = 32 * MIB;
/** Smaller memory comes and goes cheaply. */
const WORTH_KEEPING = 8 * KIB;
/** Read at once of what is cut further anyway. */
const CUT_STEP_BYTES = 4 * MIB;

/** A link or pipe that took the file's place since it was listed must neither be followed nor waited for. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * @param size what the file is thought to hold: small ones are read in one go
 * @throws SourceUnreadable, with the system error as its cause, when the file cannot be opened or read.
 */
export async function readSourceFile(reader: SourceReader, path: Buffer, size?: bigint): Promise<SourceReading> {
  const whole =
    size === undefined || size > smallBytes(reader) || reader.turns === undefined
      ? undefined
      : await fromSource(
          reader.turns.run(
            () => readSmallFile(reader, path),
            async () => undefined,
          ),
        );
  if (whole === undefined) return await readThroughHandle(reader, path);
  return { content: await storeSmallFile(reader, whole.bytes), facts: whole.facts, torn: false };
}

/** Up to this a file is one chunk, and read in one go on this thread: asking others takes longer. */
function smallBytes({ context }: SourceReader): number {
  return Math.min(fileCuts.most, context.config.chunkBytes);
}

interface SmallFile {
  readonly bytes: Uint8Array;
  readonly facts: BigIntStats;
}

/** Undefined when it is not what it was thought to be, or changes: then it is read with all care. */
function readSmallFile(reader: SourceReader, path: Buffer): SmallFile | undefined {
  const file = openSync(path, flags);
  try {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile() || before.size > smallBytes(reader)) return undefined;
    // One byte more than expected, so that a file that grew is seen to have grown.
    const memory = memoryFor(reader, Number(before.size) + 1);
    let isKept = false;
    try {
      const length = readSync(file, memory, 0, memory.byteLength, 0);
      const facts = fstatSync(file, { bigint: true });
      isKept = sameState(before, facts) && length === Number(facts.size);
      return isKept ? { bytes: memory.subarray(0, length), facts } : undefined;
    } finally {
      if (!isKept) reader.context.workers.memory.give(memory);
    }
  } finally {
    closeSync(file);
  }
}

async function storeSmallFile(reader: SourceReader, bytes: Uint8Array): Promise<Content> {
  const length = bytes.byteLength;
  if (length > 0 && worksInline(length)) return await storeAtOnce(reader, bytes);
  using session = sessionFor(reader.context, length);
  await using writer = writerFor(reader, session, isCutByContent(reader, bytes));
  if (length > 0) await writer.add(bytes);
  reader.onRead(length);
  return await writer.finish();
}

/** One chunk in this thread, as most files of a tree are: without the session and the writer, which take longer than it does. */
async function storeAtOnce({ context, store, signal, onRead }: SourceReader, bytes: Uint8Array): Promise<Content> {
  const { codec, workers } = context;
  const id = codec.idOf(bytes);
  const digest = sha256(hash('sha256', bytes));
  const room = workers.memory.roomOf(bytes);
  const chunk = await store.put({ id, seal: async () => codec.seal('chunk', id, bytes, room), forget() {} }, signal);
  onRead(bytes.byteLength);
  workers.memory.give(bytes);
  return { size: bytes.byteLength, sha256: digest, chunks: [chunk] };
}

async function readThroughHandle(reader: SourceReader, path: Buffer): Promise<SourceReading> {
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
  let stepBytes = reader.context.config.chunkBytes;
  using session = sessionFor(reader.context, expected);
  await using cleanup = new AsyncDisposableStack();
  let writer: ContentWriter | undefined;
  let direct: DirectFile | undefined;
  // What a session in this thread still holds until it is finished; one in another thread takes what it is given.
  const lent: Uint8Array[] = [];
  // One byte more than expected, so that a file that grew is seen to have grown.
  for (let offset = 0; ; ) {
    const wanted = Math.min(stepBytes, Math.max(1, expected - offset + 1));
    const piece = await readUpTo({ file, direct }, offset, memoryFor(reader, wanted));
    // The writer hands the bytes to another thread: afterwards they are gone from here.
    const length = piece.byteLength;
    if (writer === undefined) {
      const isCut = isCutByContent(reader, piece);
      if (isCut) stepBytes = CUT_STEP_BYTES;
      else if (expected >= DIRECT_FROM) direct = cleanup.use(new DirectFile(file.fd, constants.O_RDONLY));
      writer = cleanup.use(writerFor(reader, session, isCut));
    }
    if (length === 0 || worksInline(expected)) lent.push(piece);
    if (length > 0) await writer.add(piece);
    offset += length;
    reader.onRead(length);
    if (length < wanted || offset > expected) {
      const content = await writer.finish();
      for (const bytes of lent) reader.context.workers.memory.give(bytes);
      return content;
    }
  }
}

function isCutByContent({ context }: SourceReader, beginning: Uint8Array): boolean {
  return context.config.chunkBytes >= fileCuts.most && looksLiving(beginning);
}

function writerFor({ context, store, signal }: SourceReader, session: BlobSession, isCut: boolean): ContentWriter {
  return isCut
    ? createCutWriter({ store, session, signal, cutter: context.codec.fileCutter, memory: context.workers.memory })
    : createContentWriter(store, session, signal);
}

function memoryFor({ context }: SourceReader, bytes: number): Uint8Array {
  return bytes < WORTH_KEEPING ? new Uint8Array(bytes) : context.workers.memory.take(bytes);
}

interface OpenSource {
  readonly file: FileHandle;
  readonly direct: DirectFile | undefined;
}

async function readUpTo({ file, direct }: OpenSource, offset: number, target: Uint8Array): Promise<Uint8Array> {
  const past = direct === undefined ? undefined : await fromSource(direct.read(target, offset));
  if (past !== undefined) return target.subarray(0, past);
  const { bytesRead } = await fromSource(file.read(target, 0, target.byteLength, offset));
  // Fewer than asked for is the end of a regular file; were it not, the size would tell and it is read again.
  return target.subarray(0, bytesRead);
}

async function fromSource<Result>(operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (cause) {
    throw new SourceUnreadable('cannot read', { cause });
  }
}
