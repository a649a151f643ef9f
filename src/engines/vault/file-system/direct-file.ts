/**
 * Reading and writing past the page cache: copying into it costs more than encrypting, and what a backup reads and writes
 * would push everything else out of it. Only whole sectors, from and to memory that begins at a page.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { type DirectFile, directFlag, refusesDirect, SECTOR } from '#kernel/direct-file';
import { MIB } from '#kernel/units';

/** Less is quicker through the cache: nobody reads ahead here, or gathers writes. */
const LEAST_BYTES = MIB;
/** Writes everything, its whole sectors past the cache where that is possible; `direct` is asked for once per file. */
export async function writeAt(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
  direct?: DirectFile,
): Promise<void> {
  const whole = bytes.subarray(0, bytes.byteLength - (bytes.byteLength % SECTOR));
  const isWorthIt = whole.byteLength >= LEAST_BYTES && mayBeginAtPage(whole);
  let done = (isWorthIt ? await direct?.write(whole, position) : undefined) ?? 0;
  while (done < bytes.byteLength) {
    done += (await file.write(bytes, done, bytes.byteLength - done, position + done)).bytesWritten;
  }
}

/**
 * Reads the first bytes of a file into memory with room for a sector more.
 * @returns how many bytes were read, or undefined when it has to be read the ordinary way.
 */
export async function readDirect(path: string, into: Uint8Array): Promise<number | undefined> {
  const sectors = Math.ceil(into.byteLength / SECTOR) * SECTOR;
  const hasRoom = into.byteOffset + sectors <= into.buffer.byteLength;
  if (directFlag === undefined || into.byteLength < LEAST_BYTES || !hasRoom || !mayBeginAtPage(into)) return undefined;
  try {
    await using file = await open(path, constants.O_RDONLY | directFlag);
    const whole = new Uint8Array(into.buffer, into.byteOffset, sectors);
    const { bytesRead } = await file.read(whole, 0, sectors, 0);
    return Math.min(bytesRead, into.byteLength);
  } catch (error) {
    if (!refusesDirect(error)) throw error;
    return undefined;
  }
}

/** The memory of chunks does; other shared memory may, and is refused by the kernel where it does not. */
function mayBeginAtPage({ buffer, byteOffset }: Uint8Array): boolean {
  return buffer instanceof SharedArrayBuffer && byteOffset % SECTOR === 0;
}
