/** Writing past the page cache (O_DIRECT), and what it asks of places, lengths and memory. */
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

/** An open file once more, for writes past the cache, asked for by the first of them; dispose it before the file is closed. */
export class DirectFile implements AsyncDisposable {
  readonly #descriptor: number;
  #file: Promise<FileHandle | undefined> | undefined;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** @returns how many bytes it took: none where place or length are no whole sectors, or the volume has no such writing */
  write(bytes: Uint8Array, position: number): Promise<number> {
    return this.writev([bytes], position);
  }

  /** The same with pieces that follow each other in the file, in one call. */
  async writev(buffers: readonly Uint8Array[], position: number): Promise<number> {
    if (position % SECTOR !== 0 || buffers.some((bytes) => bytes.byteLength % SECTOR !== 0)) return 0;
    this.#file ??= reopen(this.#descriptor);
    const file = await this.#file;
    if (file === undefined) return 0;
    try {
      return (await file.writev(buffers, position)).bytesWritten;
    } catch (error) {
      if (!refusesDirect(error)) throw error;
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

/** The same file, not what may stand under its name by now. */
async function reopen(descriptor: number): Promise<FileHandle | undefined> {
  if (directFlag === undefined) return undefined;
  try {
    return await open(`/proc/self/fd/${descriptor}`, constants.O_RDWR | directFlag);
  } catch (error) {
    if (!refusesDirect(error)) throw error;
    return undefined;
  }
}
