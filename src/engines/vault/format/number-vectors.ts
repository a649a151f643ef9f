/**
 * Splitting and joining numbers sixteen at a time, in WebAssembly's 128-bit vectors: a fifth of the time of JavaScript's loop,
 * which was the largest part of reading weights. The module is written down here by its opcodes
 * (https://webassembly.github.io/spec/core/binary); each function is one loop of loads, shuffles and stores.
 */
import { instantiate, type WasmMemory } from '../objects/wasm-memory.ts';

/** Bytes of a number. */
export type NumberWidth = 2 | 4;

/** The first byte of each part, in the memory of the vectors. */
export interface NumberPlaces {
  readonly top: Uint8Array;
  readonly rest: Uint8Array;
  readonly plain: Uint8Array;
}

export interface NumberVectors {
  /** How many numbers of the beginning were split (0 unless all parts lie in the memory); all but fewer than 32. */
  split(places: NumberPlaces, width: NumberWidth): number;
  join(places: NumberPlaces, width: NumberWidth): number;
}

/** Numbers in a block. */
const BLOCK = 16;

/** @returns undefined where vectors are not to be had. */
export function createNumberVectors(memory: WasmMemory): NumberVectors | undefined {
  let code: Functions;
  try {
    code = instantiate(moduleCode(), memory) as Functions;
  } catch {
    return undefined;
  }
  const { buffer } = memory;

  function run(name: 'split' | 'join', { top, rest, plain }: NumberPlaces, width: NumberWidth): number {
    if (top.buffer !== buffer || rest.buffer !== buffer || plain.buffer !== buffer) return 0;
    // The last block of four-byte numbers would touch four bytes behind its part.
    const blocks = Math.max(0, Math.floor(top.byteLength / BLOCK) - 1);
    if (blocks > 0) code[`${name}${width}`](top.byteOffset, rest.byteOffset, plain.byteOffset, blocks);
    return blocks * BLOCK;
  }

  return {
    split: (places, width) => run('split', places, width),
    join: (places, width) => run('join', places, width),
  };
}

type Functions = Readonly<
  Record<'split2' | 'join2' | 'split4' | 'join4', (top: number, rest: number, plain: number, blocks: number) => void>
>;

type Code = readonly number[];

const [TOP, REST, PLAIN, BLOCKS] = [0, 1, 2, 3] as const;

/** "\0asm", version 1. */
const HEADER: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function moduleCode(): Uint8Array {
  const functions: readonly (readonly [name: string, body: Code])[] = [
    ['split2', loop(splitPairs(), [16, 16, 32])],
    ['join2', loop(joinPairs(), [16, 16, 32])],
    ['split4', loop(splitFours(), [16, 48, 64])],
    ['join4', loop(joinFours(), [16, 48, 64])],
  ];
  return Uint8Array.from([
    ...HEADER,
    // One type: four i32, no result.
    ...section(1, [[0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0]]),
    // A shared memory of at most 65536 pages.
    ...section(2, [[...text('chunks'), ...text('memory'), 0x02, 0x03, 0, ...unsigned(65_536)]]),
    ...section(
      3,
      functions.map(() => [0]),
    ),
    ...section(
      7,
      functions.map(([name], index) => [...text(name), 0x00, index]),
    ),
    ...section(
      10,
      functions.map(([, body]) => sized([0, ...body, 0x0b])),
    ),
  ]);
}

/** Every second byte, beginning with the first or the second, of two vectors. */
function splitPairs(): Code {
  const both = [...load(PLAIN, 0), ...load(PLAIN, 16)];
  return [
    ...store(TOP, 0, [...both, ...shuffle((to) => 2 * to + 1)]),
    ...store(REST, 0, [...both, ...shuffle((to) => 2 * to)]),
  ];
}

function joinPairs(): Code {
  const both = [...load(REST, 0), ...load(TOP, 0)];
  return [0, 1].flatMap((half) =>
    store(PLAIN, 16 * half, [...both, ...shuffle((to) => 8 * half + Math.floor(to / 2) + 16 * (to % 2))]),
  );
}

function splitFours(): Code {
  const everyFourth = shuffle((to) => (4 * to + 3) % 32);
  const halves = [0, 32].flatMap((at) => [...load(PLAIN, at), ...load(PLAIN, at + 16), ...everyFourth]);
  return [
    ...store(TOP, 0, [...halves, ...shuffle((to) => (to < 8 ? to : to + 8))]),
    // Twelve bytes each; the four behind them are overwritten by what follows.
    ...[0, 1, 2, 3].flatMap((quarter) => {
      const four = load(PLAIN, 16 * quarter);
      return store(REST, 12 * quarter, [...four, ...four, ...shuffle((to) => (to + Math.floor(to / 3)) % 16)]);
    }),
  ];
}

function joinFours(): Code {
  return [0, 1, 2, 3].flatMap((quarter) =>
    store(PLAIN, 16 * quarter, [
      ...load(REST, 12 * quarter),
      ...load(TOP, 0),
      ...shuffle((to) => (to % 4 === 3 ? 16 + 4 * quarter + Math.floor(to / 4) : to - Math.floor(to / 4))),
    ]),
  );
}

/** Repeats `body` for each block; afterwards the places are so many bytes further. */
function loop(body: Code, steps: readonly [top: number, rest: number, plain: number]): Code {
  const onwards = steps.flatMap((bytes, place) => [0x20, place, 0x41, ...signed(bytes), 0x6a, 0x21, place]);
  // loop … (blocks - 1, kept and tested) br_if end
  return [0x03, 0x40, ...body, ...onwards, 0x20, BLOCKS, 0x41, 1, 0x6b, 0x22, BLOCKS, 0x0d, 0, 0x0b];
}

function load(place: number, offset: number): Code {
  return [0x20, place, 0xfd, 0x00, 0, ...unsigned(offset)];
}

function store(place: number, offset: number, value: Code): Code {
  return [0x20, place, ...value, 0xfd, 0x0b, 0, ...unsigned(offset)];
}

/** Byte `to` of the result is byte `from(to)` of the two vectors before. */
function shuffle(from: (to: number) => number): Code {
  return [0xfd, 0x0d, ...Array.from({ length: 16 }, (_, to) => from(to))];
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, ...sized([...unsigned(entries.length), ...entries.flat()])];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function text(name: string): Code {
  return sized([...Buffer.from(name)]);
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
