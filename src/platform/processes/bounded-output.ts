/** What a program writes, up to a limit: nobody can fill our memory by talking. */
import type { Readable } from 'node:stream';

export interface BoundedOutput {
  bytes(): Uint8Array;
}

/** Calls `onOverflow` once, when there is more than `limit` bytes; what comes after is thrown away. */
export function boundedOutput(stream: Readable, limit: number, onOverflow: () => void): BoundedOutput {
  const chunks: Buffer[] = [];
  let room = limit;
  let isOver = false;
  stream.on('data', (chunk: Buffer) => {
    if (room > 0) chunks.push(chunk.subarray(0, room));
    room -= chunk.length;
    if (room >= 0 || isOver) return;
    isOver = true;
    onOverflow();
  });
  // A pipe that breaks is told by the end of the program.
  stream.on('error', () => undefined);
  return { bytes: () => Buffer.concat(chunks) };
}
