/** A file in the pieces INSTREAM wants: each with its length before it, a length of zero at the end. */
import { type FileHandle, open } from 'node:fs/promises';

import { KuraError, systemCode } from '#kernel/errors';
import { KIB } from '#kernel/units';

const PIECE_BYTES = 256 * KIB;
const LENGTH_BYTES = 4;

/** One buffer serves all pieces: each must have been sent before the next is asked for. @throws KuraError `clamd.unreadable` */
export async function* streamPieces(path: string): AsyncGenerator<Uint8Array, void, void> {
  await using file = await reading(open(path, 'r'));
  const buffer = Buffer.allocUnsafe(LENGTH_BYTES + PIECE_BYTES);
  for (;;) {
    const length = await reading(readPiece(file, buffer));
    buffer.writeUInt32BE(length, 0);
    yield buffer.subarray(0, LENGTH_BYTES + length);
    if (length === 0) return;
  }
}

async function readPiece(file: FileHandle, buffer: Buffer): Promise<number> {
  const { bytesRead } = await file.read(buffer, LENGTH_BYTES, PIECE_BYTES, null);
  return bytesRead;
}

async function reading<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (cause) {
    const reason = systemCode(cause) ?? String(cause);
    throw new KuraError('unavailable', 'clamd.unreadable', { params: { reason }, cause });
  }
}
