/** The first and last bytes of a file, as text that JSON can hold. */
import { open } from 'node:fs/promises';

import { KIB } from '#kernel/units';

/** The head holds the header of most model files; the tail the directory of an archive. */
const HEAD_BYTES = 256 * KIB;
const TAIL_BYTES = 64 * KIB;

export interface FileEnds {
  readonly sizeBytes: number;
  /** One character per byte (ISO 8859-1). */
  readonly head: string;
  /** Of what comes after the head; empty in a short file. */
  readonly tail: string;
}

export async function readEnds(path: string): Promise<FileEnds> {
  await using file = await open(path);
  const { size: sizeBytes } = await file.stat();
  async function read(from: number, length: number): Promise<string> {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.toString('latin1', 0, bytesRead);
  }
  const head = await read(0, Math.min(HEAD_BYTES, sizeBytes));
  const rest = Math.min(TAIL_BYTES, sizeBytes - head.length);
  return { sizeBytes, head, tail: await read(sizeBytes - rest, rest) };
}
