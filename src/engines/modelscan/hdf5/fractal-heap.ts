/** Fractal heaps: where groups with many links and objects with many attributes keep them. */
import { MIB } from '#kernel/units';

import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';

export interface FractalHeap {
  /** The object behind an id; undefined when it is kept in a way that is not looked into. */
  read(id: Buffer): Hdf5Cursor | undefined;
}

interface HeapShape {
  readonly offsetSize: number;
  readonly lengthSize: number;
  readonly tableWidth: number;
  readonly startSize: number;
  readonly largestDirect: number;
  readonly root: number;
  /** 0: the root is a direct block. */
  readonly rows: number;
}

const LARGEST_BLOCK = 256 * MIB;
const MANAGED = 0;

/** Undefined when the heap is filtered (compressed). @throws ScanStop `hdf5-broken`. */
export function openFractalHeap(file: Hdf5File, address: number): FractalHeap | undefined {
  const shape = readShape(file, address);
  if (shape === undefined) return undefined;
  return {
    read(id) {
      const kind = ((id[0] ?? 0) >> 4) & 3;
      if (kind !== MANAGED) return undefined;
      const offset = uintOf(id.subarray(1, 1 + shape.offsetSize));
      const length = uintOf(id.subarray(1 + shape.offsetSize, 1 + shape.offsetSize + shape.lengthSize));
      return locate(file, shape, offset, length);
    },
  };
}

function readShape(file: Hdf5File, address: number): HeapShape | undefined {
  const head = file.at(address, 256);
  head.expect('FRHP');
  head.skip(3);
  const filters = head.uint(2);
  head.skip(1);
  const largestManaged = head.uint(4);
  head.length();
  head.address();
  head.length();
  head.address();
  for (let index = 0; index < 8; index += 1) head.length();
  const tableWidth = head.uint(2);
  const startSize = head.length();
  const largestDirect = head.length();
  const heapBits = head.uint(2);
  head.skip(2);
  const root = head.address();
  const rows = head.uint(2);
  if (filters !== 0) return undefined;
  if (root === undefined || tableWidth === 0 || startSize === 0 || largestDirect > LARGEST_BLOCK) {
    throw head.fault('fractal heap');
  }
  return {
    offsetSize: Math.ceil(heapBits / 8),
    lengthSize: bytesFor(Math.min(largestDirect, largestManaged)),
    tableWidth,
    startSize,
    largestDirect,
    root,
    rows,
  };
}

/** Rows 0 and 1 have blocks of the starting size, each further row blocks of twice the size. */
function rowSize({ startSize }: HeapShape, row: number): number {
  return row < 2 ? startSize : startSize * 2 ** (row - 1);
}

function locate(file: Hdf5File, shape: HeapShape, offset: number, length: number): Hdf5Cursor | undefined {
  let address = shape.root;
  let { rows } = shape;
  let base = 0;
  while (rows > 0) {
    const child = childAt(file, shape, { address, rows, base }, offset);
    if (child === undefined) return undefined;
    ({ address, rows, base } = child);
  }
  return file.at(address + (offset - base), length).part(length);
}

interface HeapBlock {
  readonly address: number;
  readonly rows: number;
  /** Offset of the block in the heap's space. */
  readonly base: number;
}

/** The entry of an indirect block that covers `offset`. */
function childAt(file: Hdf5File, shape: HeapShape, block: HeapBlock, offset: number): HeapBlock | undefined {
  const cursor = file.at(block.address, 5 + file.sizes.offsets * (1 + block.rows * shape.tableWidth) + 8);
  cursor.expect('FHIB');
  cursor.skip(1 + file.sizes.offsets + shape.offsetSize);
  let start = block.base;
  for (let row = 0; row < block.rows; row += 1) {
    const size = rowSize(shape, row);
    for (let column = 0; column < shape.tableWidth; column += 1) {
      const address = cursor.address();
      const end = start + size;
      if (offset < end) return address === undefined ? undefined : { address, rows: rowsOf(shape, size), base: start };
      start = end;
    }
  }
  return undefined;
}

/** How many rows an indirect block of that size has; 0 for a direct one. */
function rowsOf(shape: HeapShape, size: number): number {
  if (size <= shape.largestDirect) return 0;
  return Math.log2(size) - Math.log2(shape.startSize * shape.tableWidth) + 1;
}

function bytesFor(largest: number): number {
  return Math.ceil((Math.floor(Math.log2(Math.max(1, largest))) + 1) / 8);
}

function uintOf(bytes: Buffer): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
