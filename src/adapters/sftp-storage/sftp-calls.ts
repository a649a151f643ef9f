/** The requests of SFTP version 3 that are needed, as promises (draft-ietf-secsh-filexfer-02, OpenSSH's PROTOCOL). */
import type { FileEntry, SFTPWrapper, Stats } from 'ssh2';

import { KIB } from '#kernel/units';

/** Status codes of the protocol. */
export const sftpStatus = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3, failure: 4 } as const;

/** Undefined for anything but an answer of the server. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

type Done<T> = (error: Error | null | undefined, value: T) => void;

function call<T>(ask: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    // Extensions the server does not have are refused on the spot.
    ask((error, value) => {
      if (error === null || error === undefined) resolve(value);
      else reject(error);
    });
  });
}

function stat(sftp: SFTPWrapper, path: string): Promise<Stats> {
  return call((done) => sftp.stat(path, done));
}

export async function isThere(sftp: SFTPWrapper, path: string): Promise<boolean> {
  try {
    await stat(sftp, path);
    return true;
  } catch (error) {
    if (statusOf(error) === sftpStatus.noSuchFile) return false;
    throw error;
  }
}

export function listFolder(sftp: SFTPWrapper, path: string): Promise<readonly FileEntry[]> {
  return call<readonly FileEntry[]>((done) => sftp.readdir(path, done));
}

export function makeFolder(sftp: SFTPWrapper, path: string): Promise<void> {
  return call<void>((done) => sftp.mkdir(path, { mode: 0o700 }, (error) => done(error, undefined)));
}

export function unlink(sftp: SFTPWrapper, path: string): Promise<void> {
  return call<void>((done) => sftp.unlink(path, (error) => done(error, undefined)));
}

/** Fails where something has that name. */
export function renameIfAbsent(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  return call<void>((done) => sftp.rename(from, to, (error) => done(error, undefined)));
}

/** Over whatever has that name, in one step. */
export function renameOver(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  return call<void>((done) => sftp.ext_openssh_rename(from, to, (error) => done(error, undefined)));
}

/** Bytes that may still be written; undefined where the server does not say. */
export async function freeBytes(sftp: SFTPWrapper, path: string): Promise<number | undefined> {
  try {
    const facts: unknown = await call<unknown>((done) => sftp.ext_openssh_statvfs(path, done));
    return roomIn(facts);
  } catch (error) {
    if (statusOf(error) !== undefined || !(error instanceof Error) || !error.message.includes('extended request'))
      throw error;
    return undefined;
  }
}

function roomIn(facts: unknown): number | undefined {
  if (typeof facts !== 'object' || facts === null || !('f_bavail' in facts) || !('f_frsize' in facts)) return undefined;
  return Number(facts.f_bavail) * Number(facts.f_frsize);
}

const PIECE = 128 * KIB;
/** Requests under way at the same time: the way to the server is long. */
const AT_ONCE = 16;

export async function readRange(
  sftp: SFTPWrapper,
  path: string,
  range?: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'r', done));
  try {
    const { offset, length } = range ?? {
      offset: 0,
      length: (await call<Stats>((done) => sftp.fstat(handle, done))).size,
    };
    // In a buffer of its own, which can be handed to another thread.
    const target = Buffer.from(new ArrayBuffer(length));
    await inPieces(length, (at, count) => readPiece(sftp, handle, { target, at, count, position: offset + at }));
    return new Uint8Array(target.buffer);
  } finally {
    await close(sftp, handle);
  }
}

interface Piece {
  readonly target: Buffer;
  readonly at: number;
  readonly count: number;
  readonly position: number;
}

/** The server may give less than was asked for. */
async function readPiece(sftp: SFTPWrapper, handle: Buffer, { target, at, count, position }: Piece): Promise<void> {
  for (let done = 0; done < count; ) {
    const begun = done;
    const bytes = await call<number>((tell) =>
      sftp.read(handle, target, at + begun, count - begun, position + begun, (error, read) => tell(error, read)),
    );
    // The library turns the server's "end of file" into no bytes.
    if (bytes === 0) throw Object.assign(new Error('end of file'), { code: sftpStatus.endOfFile });
    done += bytes;
  }
}

/** A new file with this content, made durable where the server can. */
export async function writeNew(sftp: SFTPWrapper, path: string, value: Uint8Array): Promise<void> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'wx', 0o600, done));
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  try {
    await inPieces(bytes.length, (at, count) =>
      call<void>((done) => sftp.write(handle, bytes, at, count, at, (error) => done(error, undefined))),
    );
    await sync(sftp, handle);
  } finally {
    await close(sftp, handle);
  }
}

async function sync(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  try {
    await call<unknown>((done) => sftp.ext_openssh_fsync(handle, (error) => done(error, undefined)));
  } catch (error) {
    // Servers other than OpenSSH may not have it; they keep files as they see fit.
    if (statusOf(error) !== undefined || !(error instanceof Error) || !error.message.includes('extended request'))
      throw error;
  }
}

/** Its failure says nothing that the work before has not said. */
async function close(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  await call<void>((done) => sftp.close(handle, (error) => done(error, undefined))).catch(() => undefined);
}

async function inPieces(length: number, work: (at: number, count: number) => Promise<void>): Promise<void> {
  let next = 0;
  async function worker(): Promise<void> {
    while (next < length) {
      const at = next;
      next += PIECE;
      await work(at, Math.min(PIECE, length - at));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
