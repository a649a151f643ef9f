/** Puts single entries of a snapshot back: contents, holes, links. */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, rm, symlink } from 'node:fs/promises';

import { DirectFile } from '#kernel/direct-file';
import { KuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';

import { writeAt } from '../file-system/direct-file.ts';
import { displayPath } from '../format/byte-path.ts';
import { readPieces, readSinglePiece } from '../format/content.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import { hashOpenFile } from './present-content.ts';
import { createMetadataRestorer, type MetadataRestorer, restoreMetadata } from './restore-metadata.ts';
import { type RestoreTarget, replaceFile, replaceSmallFile } from './restore-target.ts';
import type { SyncLater } from './sync-later.ts';

export interface EntryRestorer {
  readonly context: Pick<VaultContext, 'codec' | 'workers'>;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  /** Read every file back from the disk and compare its SHA-256. */
  readonly verify: boolean;
  readonly metadata: MetadataRestorer;
  /** Absent: each file is durable before it has its name. */
  readonly later?: SyncLater;
  readonly onWritten: (bytes: number) => void;
}

/** Zero runs shorter than this are not worth a hole. */
const HOLE_BYTES = 64 * KIB;
/** Written by one call, from memory that is used again. */
const SMALL_BYTES = 256 * KIB;

/** A file on its own, with owner and permissions as far as whoever restores it may set them. */
export async function restoreFileTo(
  restorer: Omit<EntryRestorer, 'metadata'>,
  entry: FileEntry,
  final: Buffer,
): Promise<void> {
  await restoreFile({ ...restorer, metadata: await createMetadataRestorer(undefined) }, entry, final);
}

/** @throws KuraError as `readContent`; mismatch `vault.written-differs`; system errors of the target. */
export async function restoreFile(restorer: EntryRestorer, entry: FileEntry, final: Buffer): Promise<void> {
  function mustBeDurable(descriptor: number): boolean {
    return restorer.later?.mayWait(descriptor, final) !== true;
  }

  if (entry.size <= SMALL_BYTES && !entry.sparse && !restorer.verify) {
    await restoreSmallFile(restorer, entry, (fill) => replaceSmallFile(final, fill, mustBeDurable));
    return;
  }
  async function fill(file: FileHandle, temporary: Buffer): Promise<void> {
    await writeContent(restorer, entry, file);
    if (restorer.verify) await compareWritten(restorer, entry, file);
    restoreMetadata(restorer.metadata, entry, temporary, file.fd);
  }
  await replaceFile(final, fill, mustBeDurable);
}

/** Written when all of it is here and compared. */
async function restoreSmallFile(
  restorer: EntryRestorer,
  entry: FileEntry,
  replace: (fill: (descriptor: number, temporary: Buffer) => void) => void,
): Promise<void> {
  const whole = await readWhole(restorer, entry);
  const { plain } = whole;
  try {
    replace((descriptor, temporary) => {
      const length = plain.byteLength;
      for (let at = 0; at < length; ) at += writeSync(descriptor, plain, at, length - at, at);
      restoreMetadata(restorer.metadata, entry, temporary, descriptor);
    });
  } finally {
    whole.done();
  }
  restorer.onWritten(entry.size);
}

/** `done` gives its memory back. */
async function readWhole(
  { context, store, signal }: EntryRestorer,
  entry: FileEntry,
): Promise<{ readonly plain: Uint8Array; done(): void }> {
  if (entry.chunks.length === 1) return await readSinglePiece(context, store, entry, signal);
  const { memory } = context.workers;
  const plain = memory.take(entry.size);
  let length = 0;
  for await (const piece of readPieces(context, store, entry, signal)) {
    // More than was announced is found out at the end of the content.
    if (length + piece.byteLength <= plain.byteLength) plain.set(piece, length);
    length += piece.byteLength;
  }
  return { plain, done: () => memory.give(plain) };
}

export async function restoreSymlink(
  metadata: MetadataRestorer,
  entry: TreeEntry & { type: 'symlink' },
  final: Buffer,
): Promise<void> {
  await rm(final, { force: true });
  await symlink(entry.target, final);
  restoreMetadata(metadata, entry, final);
}

/** Gives the restored file at `original` a second name. */
export async function restoreHardlink(target: RestoreTarget, original: Buffer, final: Buffer): Promise<void> {
  await target.at(final, (path) => rm(path, { force: true }));
  await target.at(original, (from) => target.at(final, (to) => link(from, to)));
}

async function writeContent(restorer: EntryRestorer, entry: FileEntry, file: FileHandle): Promise<void> {
  await using direct = new DirectFile(file.fd);
  let offset = 0;
  for await (const chunk of readPieces(restorer.context, restorer.store, entry, restorer.signal)) {
    if (entry.sparse) await writeWithHoles(file, chunk, offset);
    else await writeAt(file, chunk, offset, direct);
    offset += chunk.byteLength;
    restorer.onWritten(chunk.byteLength);
  }
  if (entry.sparse) await file.truncate(entry.size);
}

const zeros = Buffer.alloc(HOLE_BYTES);

async function writeWithHoles(file: FileHandle, chunk: Uint8Array, offset: number): Promise<void> {
  for (let start = 0; start < chunk.byteLength; start += HOLE_BYTES) {
    const piece = chunk.subarray(start, start + HOLE_BYTES);
    if (!zeros.subarray(0, piece.byteLength).equals(piece)) await writeAt(file, piece, offset + start);
  }
}

async function compareWritten(restorer: EntryRestorer, entry: FileEntry, file: FileHandle): Promise<void> {
  if ((await hashOpenFile(file, createHash('sha256'), restorer.signal)) === entry.sha256) return;
  throw new KuraError('mismatch', 'vault.written-differs', { params: { path: displayPath(entry.path) } });
}
