/** Where the packed streams of a 7z archive lie, how they are packed, and what comes out of them. */
import type { HeaderCursor } from './header-cursor.ts';
import { ids } from './property-ids.ts';

export interface Coder {
  /** The method's number, in hexadecimal. */
  readonly method: string;
  readonly properties: Buffer;
}

/** What a coder reads: a packed stream of the folder, or what comes out of another coder. */
export type CoderInput = { readonly packed: number } | { readonly coder: number };

export interface Folder {
  readonly coders: readonly Coder[];
  /** By coder; undefined when a coder has more than one output. */
  readonly inputs: readonly (readonly CoderInput[])[] | undefined;
  readonly packedStreams: number;
  /** What comes out of each coder. */
  readonly sizes: readonly number[];
  /** The coder whose output is the content. */
  readonly last: number;
  readonly size: number;
}

/** One file's part of a folder. */
export interface Substream {
  readonly size: number;
  readonly crc: number | undefined;
}

export interface StreamsInfo {
  readonly packPosition: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** By folder. */
  readonly substreams: readonly (readonly Substream[])[];
}

export function readStreamsInfo(cursor: HeaderCursor): StreamsInfo {
  let pack = { position: 0, sizes: [] as readonly number[] };
  let unpacked: Unpacked = { folders: [], crcs: [] };
  let substreams: Substream[][] | undefined;
  for (let id = cursor.byte(); id !== ids.end; id = cursor.byte()) {
    if (id === ids.packInfo) pack = readPackInfo(cursor);
    else if (id === ids.unpackInfo) unpacked = readUnpackInfo(cursor);
    else if (id === ids.substreamsInfo) substreams = readSubstreams(cursor, unpacked);
    else throw cursor.broken(`property ${id}`);
  }
  const { folders, crcs } = unpacked;
  return {
    packPosition: pack.position,
    packSizes: pack.sizes,
    folders,
    substreams: substreams ?? folders.map(({ size }, index) => [{ size, crc: crcs[index] }]),
  };
}

function readPackInfo(cursor: HeaderCursor): { position: number; sizes: readonly number[] } {
  const position = cursor.number();
  const count = cursor.count();
  let sizes: number[] = [];
  for (let id = cursor.byte(); id !== ids.end; id = cursor.byte()) {
    if (id === ids.size) sizes = numbers(cursor, count);
    else if (id === ids.crc) cursor.digests(count);
    else throw cursor.broken(`property ${id}`);
  }
  return { position, sizes };
}

interface Unpacked {
  readonly folders: readonly Folder[];
  readonly crcs: readonly (number | undefined)[];
}

function readUnpackInfo(cursor: HeaderCursor): Unpacked {
  cursor.expect(ids.folder);
  const count = cursor.count();
  if (cursor.byte() !== 0) throw cursor.broken('folders elsewhere');
  const shapes = Array.from({ length: count }, () => readFolder(cursor));
  cursor.expect(ids.unpackSizes);
  const folders = shapes.map((shape) => withSizes(shape, numbers(cursor, shape.outputs)));
  let crcs: (number | undefined)[] = [];
  for (let id = cursor.byte(); id !== ids.end; id = cursor.byte()) {
    if (id !== ids.crc) throw cursor.broken(`property ${id}`);
    crcs = cursor.digests(count);
  }
  return { folders, crcs };
}

type FolderShape = Omit<Folder, 'sizes' | 'size'> & { readonly outputs: number };

const MOST_CODERS = 32;

function readFolder(cursor: HeaderCursor): FolderShape {
  const count = cursor.number();
  if (count === 0 || count > MOST_CODERS) throw cursor.broken(`${count} coders`);
  let outputs = 0;
  const inputCounts: number[] = [];
  const coders = Array.from({ length: count }, (): Coder => {
    const flags = cursor.byte();
    const method = cursor.take(flags & 15).toString('hex');
    const complex = (flags & 0x10) !== 0;
    inputCounts.push(complex ? cursor.number() : 1);
    outputs += complex ? cursor.number() : 1;
    return { method, properties: (flags & 0x20) === 0 ? Buffer.alloc(0) : cursor.take(cursor.number()) };
  });
  const inputs = inputCounts.reduce((sum, inputCount) => sum + inputCount, 0);
  if (inputs > MOST_CODERS || outputs > MOST_CODERS || outputs === 0) throw cursor.broken(`${inputs} inputs`);
  const pairs = new Map(Array.from({ length: outputs - 1 }, () => [cursor.number(), cursor.number()] as const));
  const packedStreams = inputs - pairs.size;
  const packed = packedStreams > 1 ? numbers(cursor, packedStreams) : [unboundInput(pairs)];
  const taken = new Set(pairs.values());
  const last = Array.from({ length: outputs }, (_, index) => index).find((index) => !taken.has(index)) ?? 0;
  return {
    coders,
    outputs,
    packedStreams,
    last,
    inputs: outputs === count ? inputsOf(inputCounts, pairs, packed) : undefined,
  };
}

function unboundInput(pairs: ReadonlyMap<number, number>): number {
  let input = 0;
  while (pairs.has(input)) input += 1;
  return input;
}

/** Inputs are numbered through all coders; each coder has one output, so outputs are numbered like coders. */
function inputsOf(
  counts: readonly number[],
  pairs: ReadonlyMap<number, number>,
  packed: readonly number[],
): readonly (readonly CoderInput[])[] {
  let next = 0;
  return counts.map((count) =>
    Array.from({ length: count }, (): CoderInput => {
      const input = next;
      next += 1;
      const coder = pairs.get(input);
      return coder === undefined ? { packed: packed.indexOf(input) } : { coder };
    }),
  );
}

function withSizes(shape: FolderShape, sizes: readonly number[]): Folder {
  return { ...shape, sizes, size: sizes[shape.last] ?? 0 };
}

function readSubstreams(cursor: HeaderCursor, { folders, crcs }: Unpacked): Substream[][] {
  let counts = folders.map(() => 1);
  let id = cursor.byte();
  if (id === ids.substreamCounts) {
    counts = folders.map(() => cursor.count());
    id = cursor.byte();
  }
  const sizes = folders.map(({ size }, index) => {
    const count = counts[index] ?? 0;
    const stated = id === ids.size ? numbers(cursor, Math.max(0, count - 1)) : [];
    const rest = size - stated.reduce((sum, part) => sum + part, 0);
    if (rest < 0 || (count > 1 && stated.length < count - 1)) throw cursor.broken('sizes of files');
    return count === 0 ? [] : [...stated, rest];
  });
  if (id === ids.size) id = cursor.byte();
  // A folder that is one file may have its checksum already.
  const known = counts.map((count, index) => count === 1 && crcs[index] !== undefined);
  const unknown = counts.reduce((sum, count, index) => sum + (known[index] === true ? 0 : count), 0);
  let found: (number | undefined)[] = [];
  while (id !== ids.end) {
    if (id !== ids.crc) throw cursor.broken(`property ${id}`);
    found = cursor.digests(unknown);
    id = cursor.byte();
  }
  const left = found.values();
  return sizes.map((parts, index) =>
    parts.map((size) => ({ size, crc: known[index] === true ? crcs[index] : left.next().value })),
  );
}

function numbers(cursor: HeaderCursor, count: number): number[] {
  return Array.from({ length: count }, () => cursor.number());
}
