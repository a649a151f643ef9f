/**
 * Reading and writing past the page cache: copying into it costs more than encrypting, and what a backup reads and writes
 * would push everything else out of it. Only whole sectors, from and to memory that begins at a page.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';
import { MIB } from '#kernel/units';

/** What O_DIRECT asks places in files, in memory, and lengths to be multiples of, on every volume we know. */
const SECTOR = 4096;
/** Less is quicker through the cache: nobody reads ahead here, or gathers writes. */
const LEAST_BYTES = MIB;
/** Some network, overlay and memory volumes, systems that have no such flag, or no /proc. */
const refusals = new Set<string | undefined>(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOENT', 'EACCES']);

/** Writes everything, its whole sectors past the cache where that is possible; `direct` is asked for once per file. */
export async function writeAt(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
  direct?: DirectFile,
): Promise<void> {
  let done = (await direct?.write(bytes, position)) ?? 0;
  while (done < bytes.byteLength) {
    done += (await file.write(bytes, done, bytes.byteLength - done, position + done)).bytesWritten;
  }
}

/** The same open file once more, for writes past the cache; dispose it before the file is closed. */
export class DirectFile implements AsyncDisposable {
  readonly #descriptor: number;
  #file: Promise<FileHandle | undefined> | undefined;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** How many of the first bytes it took: all whole sectors, or none. */
  async write(bytes: Uint8Array, position: number): Promise<number> {
    const whole = bytes.byteLength - (bytes.byteLength % SECTOR);
    if (whole < LEAST_BYTES || position % SECTOR !== 0 || !mayBeginAtPage(bytes)) return 0;
    this.#file ??= reopen(this.#descriptor);
    const file = await this.#file;
    if (file === undefined) return 0;
    try {
      const { bytesWritten } = await file.write(bytes, 0, whole, position);
      return bytesWritten;
    } catch (error) {
      if (!refusals.has(systemCode(error))) throw error;
      this.#file = Promise.resolve(undefined);
      await file.close();
      return 0;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }
}

/**
 * Reads the first bytes of a file into memory with room for a sector more.
 * @returns how many bytes were read, or undefined when it has to be read the ordinary way.
 */
export async function readDirect(path: string, into: Uint8Array): Promise<number | undefined> {
  // Undefined on macOS and Windows, whatever the types say.
  const flag: number | undefined = constants.O_DIRECT;
  const sectors = Math.ceil(into.byteLength / SECTOR) * SECTOR;
  const hasRoom = into.byteOffset + sectors <= into.buffer.byteLength;
  if (flag === undefined || into.byteLength < LEAST_BYTES || !hasRoom || !mayBeginAtPage(into)) return undefined;
  try {
    await using file = await open(path, constants.O_RDONLY | flag);
    const whole = new Uint8Array(into.buffer, into.byteOffset, sectors);
    const { bytesRead } = await file.read(whole, 0, sectors, 0);
    return Math.min(bytesRead, into.byteLength);
  } catch (error) {
    if (!refusals.has(systemCode(error))) throw error;
    return undefined;
  }
}

/** The memory of chunks does; other shared memory may, and is refused by the kernel where it does not. */
function mayBeginAtPage({ buffer, byteOffset }: Uint8Array): boolean {
  return buffer instanceof SharedArrayBuffer && byteOffset % SECTOR === 0;
}

/** Not what may stand under its name by now. */
async function reopen(descriptor: number): Promise<FileHandle | undefined> {
  const flag: number | undefined = constants.O_DIRECT;
  if (flag === undefined) return undefined;
  try {
    return await open(`/proc/self/fd/${descriptor}`, constants.O_RDWR | flag);
  } catch (error) {
    if (!refusals.has(systemCode(error))) throw error;
    return undefined;
  }
}
