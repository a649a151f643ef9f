/** One block's bytes before the inverse transform: Huffman tables, runs of the front symbol, move-to-front. */
import type { BitInput } from './bit-input.ts';
import { DecodeFault } from './decode-fault.ts';

const LONGEST_CODE = 20;
const GROUP = 50;

/** @throws DecodeFault when they are more than `blockSize`. */
export function readSymbols(bits: BitInput, blockSize: number): Uint8Array {
  const alphabet = readAlphabet(bits);
  const tableCount = bits.bits(3);
  const selectorCount = bits.bits(15);
  if (alphabet.length === 0 || tableCount < 2 || tableCount > 6 || selectorCount === 0) throw new DecodeFault('tables');
  const selectors = readSelectors(bits, selectorCount, tableCount);
  const tables = Array.from({ length: tableCount }, () => readTable(bits, alphabet.length + 2));
  let column: Buffer = Buffer.allocUnsafe(Math.min(blockSize, FIRST_COLUMN));
  let [length, runLength, runBit, read] = [0, 0, 1, 0];
  for (;;) {
    const table = tables[selectors[Math.floor(read / GROUP)] ?? tableCount];
    if (table === undefined) throw new DecodeFault('selector');
    read += 1;
    const symbol = readCode(bits, table);
    if (symbol <= 1) {
      runLength += runBit << symbol;
      runBit *= 2;
      if (runLength > blockSize - length) throw new DecodeFault('block too long');
      continue;
    }
    if (length + runLength >= column.length) column = grown(column, length + runLength + 1, blockSize);
    column.fill(alphabet[0] ?? 0, length, length + runLength);
    length += runLength;
    [runLength, runBit] = [0, 1];
    if (symbol === alphabet.length + 1) return column.subarray(0, length);
    if (length === blockSize) throw new DecodeFault('block too long');
    moveToFront(alphabet, symbol - 1);
    column[length] = alphabet[0] ?? 0;
    length += 1;
  }
}

/** A block may be 900 KB, and most of those of small files are not. */
const FIRST_COLUMN = 1024;

function grown(column: Buffer, needed: number, blockSize: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(blockSize, Math.max(needed, 2 * column.length)));
  column.copy(larger);
  return larger;
}

function moveToFront(list: Uint8Array, index: number): void {
  const value = list[index] ?? 0;
  list.copyWithin(1, 0, index);
  list[0] = value;
}

/** The bytes that occur, in order. */
function readAlphabet(bits: BitInput): Uint8Array {
  const present: number[] = [];
  const rows = bits.bits(16);
  for (let row = 0; row < 16; row += 1) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const columns = bits.bits(16);
    for (let column = 0; column < 16; column += 1)
      if ((columns & (0x8000 >> column)) !== 0) present.push(row * 16 + column);
  }
  return Uint8Array.from(present);
}

function readSelectors(bits: BitInput, count: number, tableCount: number): Uint8Array {
  const recent = Uint8Array.from({ length: tableCount }, (_, index) => index);
  return Uint8Array.from({ length: count }, () => {
    let index = 0;
    while (bits.bits(1) === 1) {
      index += 1;
      if (index >= tableCount) throw new DecodeFault('selector');
    }
    moveToFront(recent, index);
    return recent[0] ?? 0;
  });
}

interface CodeTable {
  /** By length of code: its symbols are in `symbols` from here … */
  readonly starts: Uint32Array;
  /** … and how many they are. */
  readonly counts: Uint32Array;
  readonly symbols: Uint16Array;
}

function readTable(bits: BitInput, size: number): CodeTable {
  const counts = new Uint32Array(LONGEST_CODE + 1);
  let length = bits.bits(5);
  const lengths = Uint8Array.from({ length: size }, () => {
    while (bits.bits(1) === 1) {
      length += bits.bits(1) === 0 ? 1 : -1;
      if (length < 1 || length > LONGEST_CODE) throw new DecodeFault('code length');
    }
    if (length < 1 || length > LONGEST_CODE) throw new DecodeFault('code length');
    counts[length] = (counts[length] ?? 0) + 1;
    return length;
  });
  const starts = new Uint32Array(LONGEST_CODE + 1);
  for (let index = 1; index <= LONGEST_CODE; index += 1)
    starts[index] = (starts[index - 1] ?? 0) + (counts[index - 1] ?? 0);
  const next = starts.slice();
  const symbols = new Uint16Array(size);
  for (const [symbol, bitsOfIt] of lengths.entries()) {
    const place = next[bitsOfIt] ?? 0;
    symbols[place] = symbol;
    next[bitsOfIt] = place + 1;
  }
  return { starts, counts, symbols };
}

/** Canonical codes: those of one length are consecutive numbers. */
function readCode(bits: BitInput, { starts, counts, symbols }: CodeTable): number {
  let code = 0;
  let first = 0;
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    code = code * 2 + bits.bits(1);
    const count = counts[length] ?? 0;
    if (code - first < count) return symbols[(starts[length] ?? 0) + code - first] ?? 0;
    first = (first + count) * 2;
  }
  throw new DecodeFault('code');
}
