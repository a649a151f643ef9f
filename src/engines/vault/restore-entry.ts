/** Puts single entries of a snapshot back: contents, holes, links, modes, owners and times. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { chmod, lchown, link, lutimes, open, rm, symlink, utimes } from 'node:fs/promises';

import { KuraError } from '#kernel/errors';
import { KIB, MIB } from '#kernel/units';

import type { BlobStore } from './blob-store.ts';
import { displayPath } from './byte-path.ts';
import { readContent } from './content.ts';
import { type RestoreTarget, replaceFile } from './restore-target.ts';
import type { EntryFacts, FileEntry, TreeEntry } from './tree-entry.ts';
import type { VaultContext } from './vault-context.ts';

export interface EntryRestorer {
  readonly context: Pick<VaultContext, 'codec' | 'workers'>;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  /** Read every file back from the disk and compare its SHA-256. */
  readonly verify: boolean;
  readonly onWritten: (bytes: number) => void;
}

/** Zero runs shorter than this are not worth a hole. */
const HOLE_BYTES = 64 * KIB;

/** @throws KuraError as `readContent`; mismatch `vault.written-differs`; system errors of the target. */
export async function restoreFileTo(restorer: EntryRestorer, entry: FileEntry, final: Buffer): Promise<void> {
  const temporary = `.kura-restore-${createHash('sha256').update(final).digest('hex').slice(0, 24)}`;
  await replaceFile(final, temporary, async (file) => {
    await writeContent(restorer, entry, file);
    if (restorer.verify) await compareWritten(restorer, entry, file);
    await applyOwner(entry, (uid, gid) => file.chown(uid, gid));
    await file.chmod(entry.mode);
    await file.utimes(...timesOf(entry));
  });
}

/** Modes and times of folders come last: creating files in them would change them, or be forbidden by them. */
export async function finishFolder(target: RestoreTarget, entry: TreeEntry): Promise<void> {
  const absolute = target.absolute(entry.path);
  await applyOwner(entry, (uid, gid) => lchown(absolute, uid, gid));
  await chmod(absolute, entry.mode);
  await utimes(absolute, ...timesOf(entry));
}

export async function restoreSymlink(target: RestoreTarget, entry: TreeEntry & { type: 'symlink' }): Promise<void> {
  const absolute = target.absolute(entry.path);
  await rm(absolute, { force: true });
  await symlink(entry.target, absolute);
  await applyOwner(entry, (uid, gid) => lchown(absolute, uid, gid));
  await lutimes(absolute, ...timesOf(entry));
}

export async function restoreHardlink(target: RestoreTarget, entry: TreeEntry & { type: 'hardlink' }): Promise<void> {
  const absolute = target.absolute(entry.path);
  await target.prepareFolderOf(entry.target);
  const original = await target.existing(entry.target);
  if (original?.isFile() !== true) {
    throw new KuraError('not-found', 'vault.link-target-missing', { params: { target: displayPath(entry.target) } });
  }
  await rm(absolute, { force: true });
  await link(target.absolute(entry.target), absolute);
}

export async function syncFolder(folder: Buffer): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}

async function writeContent(restorer: EntryRestorer, entry: FileEntry, file: FileHandle): Promise<void> {
  let offset = 0;
  for await (const chunk of readContent(restorer.context, restorer.store, entry, restorer.signal)) {
    if (entry.sparse) await writeWithHoles(file, chunk, offset);
    else await writeFully(file, chunk, offset);
    offset += chunk.byteLength;
    restorer.onWritten(chunk.byteLength);
  }
  await file.truncate(entry.size);
}

async function writeWithHoles(file: FileHandle, chunk: Uint8Array, offset: number): Promise<void> {
  const zeros = Buffer.alloc(HOLE_BYTES);
  for (let start = 0; start < chunk.byteLength; start += HOLE_BYTES) {
    const piece = chunk.subarray(start, start + HOLE_BYTES);
    if (!zeros.subarray(0, piece.byteLength).equals(piece)) await writeFully(file, piece, offset + start);
  }
}

async function writeFully(file: FileHandle, piece: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < piece.byteLength) {
    done += (await file.write(piece, done, piece.byteLength - done, offset + done)).bytesWritten;
  }
}

async function compareWritten(restorer: EntryRestorer, entry: FileEntry, file: FileHandle): Promise<void> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(MIB);
  for (let offset = 0; ; ) {
    restorer.signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
  if (hash.digest('hex') !== entry.sha256) {
    throw new KuraError('mismatch', 'vault.written-differs', { params: { path: displayPath(entry.path) } });
  }
}

/** Only the superuser can give files away; for everybody else the owner is whoever restores. */
async function applyOwner(entry: EntryFacts, change: (uid: number, gid: number) => Promise<void>): Promise<void> {
  if (process.geteuid?.() === 0) await change(entry.uid, entry.gid);
}

/** Seconds as Node wants them: a double keeps times of this century to within a microsecond. */
function timesOf(entry: EntryFacts): [number, number] {
  const seconds = Number(entry.mtimeNs / 1_000_000_000n) + Number(entry.mtimeNs % 1_000_000_000n) / 1e9;
  return [seconds, seconds];
}
