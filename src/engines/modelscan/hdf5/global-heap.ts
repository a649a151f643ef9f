/** Global heap collections: where values of variable length stand. */
import { MIB } from '#kernel/units';

import type { Hdf5File } from './hdf5-file.ts';

const LARGEST_COLLECTION = 64 * MIB;
const SMALLEST_COLLECTION = 4096;

/** One object of a collection; undefined when the collection does not have it. @throws ScanStop `hdf5-broken`. */
export function readHeapObject(file: Hdf5File, address: number, index: number): Buffer | undefined {
  const head = file.at(address, SMALLEST_COLLECTION);
  head.expect('GCOL');
  head.skip(4);
  const size = head.length();
  if (size > LARGEST_COLLECTION) throw head.fault(`heap of ${size} bytes`);
  const cursor = file.at(address, size);
  cursor.skip(head.position);
  while (cursor.left >= 16) {
    const number = cursor.uint(2);
    cursor.skip(6);
    const length = cursor.length();
    // Number 0 is the free space at the end.
    if (number === 0) return undefined;
    const content = cursor.take(length);
    if (number === index) return content;
    cursor.skip(Math.min(cursor.left, (8 - (length % 8)) % 8));
  }
  return undefined;
}
