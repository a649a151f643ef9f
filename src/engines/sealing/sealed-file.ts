/**
 * Whole files. What is written appears under its name only when it is complete and verified, never in the place of
 * another file; until then it is readable by its owner only, and gone after any failure.
 */
import { randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, type FileHandle, link, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { MIB } from '#kernel/units';

import type { SealingLevel } from './header.ts';
import { type OpeningWish, openStream } from './open-stream.ts';
import { releasing } from './releasing.ts';
import { type SealingKeys, sealStream } from './seal-stream.ts';

export interface FilePair {
  readonly source: string;
  readonly target: string;
  readonly signal: AbortSignal;
}

export interface SealedFile {
  readonly level: SealingLevel;
  /** Bytes written. */
  readonly bytes: number;
  readonly signer: string | undefined;
}

/** @throws KuraError conflict `sealing.target-exists` and what `sealStream` throws */
export async function sealFile(pair: FilePair, keys: SealingKeys): Promise<SealedFile> {
  const bytes = await writeNew(pair.target, sealStream(releasing(chunksOf(pair)), keys), pair.signal);
  return { level: keys.level, bytes, signer: undefined };
}

/**
 * @param expected The level the file must have, when the person named one.
 * @throws KuraError conflict `sealing.target-exists`, refused `sealing.other-level`, and what `openStream` throws
 */
export async function openFile(pair: FilePair, wish: OpeningWish, expected?: SealingLevel): Promise<SealedFile> {
  const source = releasing(chunksOf(pair));
  try {
    const { level, signer, content } = await openStream(source, wish);
    if (expected !== undefined && level !== expected) {
      throw new KuraError('refused', 'sealing.other-level', { params: { level, expected } });
    }
    return { level, bytes: await writeNew(pair.target, content, pair.signal), signer };
  } finally {
    await source.return(undefined);
  }
}

/** The content of a sealed file, for who needs no file of it. Errors, as of `openStream`, while it is read. */
export async function* openedFile(place: Omit<FilePair, 'target'>, wish: OpeningWish): AsyncGenerator<Uint8Array> {
  const source = chunksOf(place);
  try {
    yield* (await openStream(source, wish)).content;
  } finally {
    await source.return(undefined);
  }
}

/** Writes a stream to a file that must not be there yet. @throws KuraError conflict `sealing.target-exists` */
export async function writeNew(
  target: string,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  await refuseExisting(target);
  const aside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(aside, 'wx', 0o600);
    let bytes: number;
    try {
      bytes = await writeAll(file, content, signal);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(aside, target);
    return bytes;
  } finally {
    await rm(aside, { force: true });
  }
}

async function* chunksOf({ source, signal }: Omit<FilePair, 'target'>): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(source, { highWaterMark: MIB, signal })) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

async function writeAll(file: FileHandle, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number> {
  let written = 0;
  for await (const bytes of releasing(content)) {
    signal.throwIfAborted();
    await file.writeFile(bytes);
    written += bytes.byteLength;
  }
  return written;
}

/** A link takes nobody's place; where a file system knows none, an exclusive copy does the same more slowly. */
async function place(aside: string, target: string): Promise<void> {
  try {
    await link(aside, target);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') throw targetExists(target);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    await copyFile(aside, target, constants.COPYFILE_EXCL);
  }
}

async function refuseExisting(target: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined) throw targetExists(target);
}

function targetExists(target: string): KuraError {
  return new KuraError('conflict', 'sealing.target-exists', { params: { path: target } });
}
