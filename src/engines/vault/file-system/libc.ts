/**
 * The few calls of the C library that Node does not offer: extended attributes and times to the nanosecond (ADR 0027).
 * Every call returns at once from the inode that was just looked at, so they are made on the calling thread.
 */
import { getSystemErrorMap } from 'node:util';

import { type LoadedLibrary, loadCLibrary } from './load-c-library.ts';

export interface Libc {
  /** Names of the attributes of a path, links not followed. @throws the system error. */
  listAttributes(path: Buffer): readonly Buffer[];
  /** undefined when it has vanished meanwhile. @throws the system error. */
  readAttribute(path: Buffer, name: Buffer): Buffer | undefined;
  /** @throws the system error. */
  writeAttribute(path: Buffer, name: Buffer, value: Buffer): void;
  /** Removing what is not there is no error. @throws the system error. */
  removeAttribute(path: Buffer, name: Buffer): void;
  /** Sets access and modification time, links not followed. @throws the system error. */
  setTimes(path: Buffer, ns: bigint): void;
  /** The same of an open file. @throws the system error. */
  setTimesOf(file: number, ns: bigint): void;
  /** Makes everything durable that was written to the file system of this open file. @throws the system error. */
  syncFileSystem(file: number): Promise<void>;
}

let loaded: Promise<Libc | undefined> | undefined;

/** undefined where the calls are not to be had: not Linux on 64 bits, or koffi has no build for this machine. */
export function openLibc(): Promise<Libc | undefined> {
  loaded ??= loadCLibrary().then((library) => library && libcOver(library));
  return loaded;
}

function libcOver(c: LoadedLibrary): Libc {
  return {
    listAttributes(path) {
      // Of nearly all paths this is the only call, and asked for each.
      if (path.length < pathScratch.length) {
        path.copy(pathScratch);
        pathScratch[path.length] = 0;
        if (c.llistxattr(pathScratch, scratch, scratch.length) === 0) return [];
      }
      return splitNames(readGrowing('llistxattr', (into) => c.llistxattr(z(path), into, into.length), c));
    },
    readAttribute(path, name) {
      try {
        return readGrowing('lgetxattr', (into) => c.lgetxattr(z(path), z(name), into, into.length), c);
      } catch (error) {
        if (isCode(error, 'ENODATA')) return undefined;
        throw error;
      }
    },
    writeAttribute(path, name, value) {
      check('lsetxattr', c.lsetxattr(z(path), z(name), value, value.length, 0), c);
    },
    removeAttribute(path, name) {
      try {
        check('lremovexattr', c.lremovexattr(z(path), z(name)), c);
      } catch (error) {
        if (!isCode(error, 'ENODATA')) throw error;
      }
    },
    setTimes(path, ns) {
      check('utimensat', c.utimensat(AT_FDCWD, z(path), timePair(ns), AT_SYMLINK_NOFOLLOW), c);
    },
    setTimesOf(file, ns) {
      check('futimens', c.futimens(file, timePair(ns)), c);
    },
    async syncFileSystem(file) {
      check('syncfs', await c.syncfs(file), c);
    },
  };
}

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
/** Large enough for nearly all. The calls are synchronous, so one for all of them is enough. */
const scratch = Buffer.alloc(1024);
/** As long as a path may be. */
const pathScratch = Buffer.alloc(4096);
/** The kernel's own limit for one value and for all names. */
const LIMIT_BYTES = 64 * 1024;

function readGrowing(call: string, read: (into: Buffer) => number, c: LoadedLibrary): Buffer {
  const length = read(scratch);
  if (length >= 0) return Buffer.from(scratch.subarray(0, length));
  const error = systemError(call, c.errno());
  if (!isCode(error, 'ERANGE')) throw error;
  const large = Buffer.alloc(LIMIT_BYTES);
  return large.subarray(0, check(call, read(large), c));
}

function check(call: string, result: number, c: LoadedLibrary): number {
  if (result < 0) throw systemError(call, c.errno());
  return result;
}

/** As Node's own errors of system calls look. */
function systemError(call: string, errno: number): NodeJS.ErrnoException {
  const [code, message] = getSystemErrorMap().get(-errno) ?? [`errno ${errno}`, 'unknown error'];
  return Object.assign(new Error(`${code}: ${message}, ${call}`), { code, errno: -errno, syscall: call });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Two equal `struct timespec` of a 64-bit little-endian machine, good until the next call. */
function timePair(ns: bigint): Buffer {
  // Nanoseconds count forward from the second, also before 1970.
  const fraction = ((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (ns - fraction) / 1_000_000_000n;
  for (const offset of [0, 16]) {
    timeScratch.writeBigInt64LE(seconds, offset);
    timeScratch.writeBigInt64LE(fraction, offset + 8);
  }
  return timeScratch;
}

const timeScratch = Buffer.alloc(32);

/** A C string. */
function z(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, NUL]);
}

const NUL = Buffer.alloc(1);

function splitNames(list: Buffer): readonly Buffer[] {
  const names: Buffer[] = [];
  let start = 0;
  for (let end = list.indexOf(0); end !== -1; end = list.indexOf(0, start)) {
    names.push(Buffer.from(list.subarray(start, end)));
    start = end + 1;
  }
  return names;
}
