/** A file of which only some pieces are here, as something the parsers can read. */
import type { ByteSource } from '../byte-source.ts';

export interface FilePieces {
  /** Bytes of the whole file. */
  readonly size: number;
  readonly pieces: readonly { readonly start: number; readonly bytes: Uint8Array }[];
}

export interface WantedBytes {
  readonly offset: number;
  readonly length: number;
}

/** Thrown by a read that reaches beyond what is here. */
export class MissingBytes extends Error {
  override readonly name = 'MissingBytes';
  readonly wanted: WantedBytes;

  constructor(wanted: WantedBytes) {
    super(`${wanted.length} bytes at ${wanted.offset} are not here`);
    this.wanted = wanted;
  }
}

/** Reads what is here, across pieces that touch, and throws MissingBytes for the rest. */
export function piecesSource({ size, pieces }: FilePieces): ByteSource {
  const sorted = pieces.toSorted((left, right) => left.start - right.start);
  return {
    size,
    read(offset, length) {
      const end = offset < 0 ? offset : Math.min(size, offset + length);
      const found: Uint8Array[] = [];
      let at = offset;
      for (const { start, bytes } of sorted) {
        if (at >= end || start > at) break;
        if (start + bytes.length <= at) continue;
        found.push(bytes.subarray(at - start, end - start));
        at = Math.min(end, start + bytes.length);
      }
      if (at < end) throw new MissingBytes({ offset: at, length: end - at });
      const [only, ...others] = found;
      if (only === undefined) return Buffer.alloc(0);
      return others.length === 0 ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(found);
    },
  };
}
