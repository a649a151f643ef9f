/** The lines of a file, one at a time whatever the size of the file; a line that is too long is passed over, not held. */
import { createReadStream } from 'node:fs';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; undefined when it was longer than `limit`. */
  readonly bytes: Uint8Array | undefined;
}

const lineFeed = 0x0a;

export async function* readLines(
  path: string,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;

  function take(part: Uint8Array): void {
    length += part.length;
    if (length <= limit) parts.push(part);
    else parts = [];
  }

  function finish(): Line {
    const line = { number, bytes: length > limit ? undefined : Buffer.concat(parts) };
    parts = [];
    length = 0;
    number += 1;
    return line;
  }

  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024, signal })) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      take(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (length > 0) yield finish();
}
