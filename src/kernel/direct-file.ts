/** Reading and writing past the page cache (O_DIRECT), and what it asks of places, lengths and memory. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

/** What O_DIRECT asks places in files, in memory, and lengths to be multiples of, on every volume we know. */
export const SECTOR = 4096;
/** Undefined on macOS and Windows, whatever the types say. */
export const directFlag: number | undefined = constants.O_DIRECT;
/** Some network, overlay and memory volumes, systems that have no such flag, or no /proc. */
const refusals = new Set<string | undefined>(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOENT', 'EACCES']);

/** Whether an error says that this cannot be done here, and the ordinary way is to be taken. */
export function refusesDirect(error: unknown): boolean {
  return refusals.has(systemCode(error));
}

/** An open file once more, for what goes past the cache, opened by the first of it; dispose it before the file is closed. */
export class DirectFile implements AsyncDisposable {
  readonly #descriptor: number;
  readonly #access: number;
  #file: Promise<FileHandle | undefined> | undefined;

  /** @param access as in `open`: O_RDONLY or O_RDWR. */
  constructor(descriptor: number, access: number = constants.O_RDWR) {
    this.#descriptor = descriptor;
    this.#access = access;
  }

  /**
   * @param into at a page's beginning, with room up to the next whole sector
   * @returns how many bytes were read, fewer than there is room for only at the end; undefined as for `write` none
   */
  async read(into: Uint8Array, position: number): Promise<number | undefined> {
    const sectors = Math.ceil(into.byteLength / SECTOR) * SECTOR;
    if (position % SECTOR !== 0 || into.byteOffset + sectors > into.buffer.byteLength) return undefined;
    const whole = new Uint8Array(into.buffer, into.byteOffset, sectors);
    const read = await this.#attempt(async (file) => (await file.read(whole, 0, sectors, position)).bytesRead);
    return read === undefined ? undefined : Math.min(read, into.byteLength);
  }

  /** @returns how many bytes it took: none where place or length are no whole sectors, or the volume has no such writing */
  write(bytes: Uint8Array, position: number): Promise<number> {
    return this.writev([bytes], position);
  }

  /** The same with pieces that follow each other in the file, in one call. */
  async writev(buffers: readonly Uint8Array[], position: number): Promise<number> {
    if (position % SECTOR !== 0 || buffers.some((bytes) => bytes.byteLength % SECTOR !== 0)) return 0;
    return (await this.#attempt(async (file) => (await file.writev(buffers, position)).bytesWritten)) ?? 0;
  }

  /** Undefined, from now on, where it is refused. */
  async #attempt(work: (file: FileHandle) => Promise<number>): Promise<number | undefined> {
    this.#file ??= reopen(this.#descriptor, this.#access);
    const file = await this.#file;
    if (file === undefined) return undefined;
    try {
      return await work(file);
    } catch (error) {
      if (!refusesDirect(error)) throw error;
      this.#file = Promise.resolve(undefined);
      await file.close();
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }
}

/** The same file, not what may stand under its name by now. */
async function reopen(descriptor: number, access: number): Promise<FileHandle | undefined> {
  if (directFlag === undefined) return undefined;
  try {
    return await open(`/proc/self/fd/${descriptor}`, access | directFlag);
  } catch (error) {
    if (!refusesDirect(error)) throw error;
    return undefined;
  }
}
