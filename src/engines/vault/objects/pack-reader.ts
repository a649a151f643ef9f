/**
 * Reads blobs out of packs, a stretch at a time: what is asked for next mostly lies right behind, because files come back
 * in the order in which they were stored. The memory of stretches is used again and again.
 */
import { isKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import type { VaultStorage } from '../storage/storage.ts';
import type { BlobPlace } from './blob-table.ts';

export interface PackReader {
  /**
   * A copy of its own, or in `into`, which is at least as long.
   * @throws KuraError as the storage's `read` for just this blob.
   */
  read(place: BlobPlace, signal?: AbortSignal, into?: Uint8Array): Promise<Uint8Array>;
}

interface Stretch {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly memory: Uint8Array;
  readonly bytes: Promise<Uint8Array | undefined>;
  /** Who waits for its bytes. */
  readers: number;
  isKept: boolean;
}

const STRETCH_BYTES = MIB;
/** Several files are read at once; each may be in a pack of its own. */
const KEPT = 6;

/** @param sizeOf length of a stored pack. */
export function createPackReader(storage: VaultStorage, sizeOf: (key: string) => number | undefined): PackReader {
  const kept: Stretch[] = [];
  const free: Uint8Array[] = [];

  function stretchFor({ key, offset, length }: BlobPlace): Stretch | undefined {
    const end = offset + length;
    const known = kept.find((each) => each.key === key && each.start <= offset && end <= each.end);
    const limit = sizeOf(key);
    if (known !== undefined || limit === undefined || end > limit || length > STRETCH_BYTES) return known;
    const range = { offset, length: Math.min(STRETCH_BYTES, limit - offset) };
    const memory = free.pop() ?? new Uint8Array(STRETCH_BYTES);
    // Without the caller's signal: others wait for the same bytes.
    const bytes = storage.read(key, { range, into: memory }).catch(notTogether);
    const stretch = { key, start: offset, end: offset + range.length, memory, bytes, readers: 0, isKept: true };
    kept.push(stretch);
    void bytes.catch(() => forget(stretch));
    const oldest = kept.length > KEPT ? kept.shift() : undefined;
    if (oldest !== undefined) {
      oldest.isKept = false;
      recycle(oldest);
    }
    return stretch;
  }

  /** Whoever comes next asks anew; its memory is not used again, in case something still writes into it. */
  function forget(stretch: Stretch): void {
    const at = kept.indexOf(stretch);
    if (at !== -1) kept.splice(at, 1);
  }

  function recycle({ isKept, readers, memory }: Stretch): void {
    if (!isKept && readers === 0 && free.length < KEPT) free.push(memory);
  }

  async function fromStretch(stretch: Stretch, { offset, length }: BlobPlace, into?: Uint8Array) {
    stretch.readers += 1;
    try {
      const bytes = await stretch.bytes;
      const view = bytes?.subarray(offset - stretch.start, offset - stretch.start + length);
      // At once: the memory may be another stretch's in a moment.
      return view === undefined || into === undefined ? view?.slice() : copied(view, into);
    } finally {
      stretch.readers -= 1;
      recycle(stretch);
    }
  }

  return {
    async read(place, signal, into) {
      signal?.throwIfAborted();
      const stretch = stretchFor(place);
      const together = stretch === undefined ? undefined : await fromStretch(stretch, place, into);
      if (together !== undefined) return together;
      const { key, ...range } = place;
      const options = { range, ...(into === undefined ? {} : { into }) };
      return await storage.read(key, signal === undefined ? options : { ...options, signal });
    },
  };
}

function copied(bytes: Uint8Array, into: Uint8Array): Uint8Array {
  into.set(bytes);
  return into.subarray(0, bytes.byteLength);
}

/** Damage behind a blob must not count as damage of the blob: then it is read by itself. */
function notTogether(error: unknown): undefined {
  if (isKuraError(error) && (error.kind === 'mismatch' || error.kind === 'not-found')) return undefined;
  throw error;
}
