/** Attribute messages: a name and what it says, in both string storages. */
import type { Hdf5Datatype } from './datatype.ts';
import { readDatatype, readElementCount } from './datatype.ts';
import { readHeapObject } from './global-heap.ts';
import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';

export interface Hdf5Attribute {
  readonly name: string;
  /** Its texts or bytes, one per element; empty for numbers. */
  readonly values: readonly Buffer[];
  /** Parts of it are kept where this reader does not look. */
  readonly unread: boolean;
}

/** More than any writer stores in one attribute. */
const MOST_ELEMENTS = 1_000_000;
const SHARED_PARTS = 3;

/** @throws ScanStop `hdf5-broken`. */
export function readAttribute(file: Hdf5File, cursor: Hdf5Cursor): Hdf5Attribute {
  const version = cursor.uint(1);
  if (version < 1 || version > 3) throw cursor.fault(`attribute version ${version}`);
  const flags = cursor.uint(1);
  const nameSize = cursor.uint(2);
  const typeSize = cursor.uint(2);
  const spaceSize = cursor.uint(2);
  if (version === 3) cursor.skip(1);
  const padded = version === 1;
  const name = part(cursor, nameSize, padded).take(nameSize).toString('utf8').replace(/\0.*$/s, '');
  const typePart = part(cursor, typeSize, padded);
  const spacePart = part(cursor, spaceSize, padded);
  if (version > 1 && (flags & SHARED_PARTS) !== 0) return { name, values: [], unread: true };
  const type = readDatatype(typePart);
  const count = readElementCount(spacePart);
  return { name, ...readValues(file, cursor, type, count) };
}

/** Version 1 fills each part up to eight bytes. */
function part(cursor: Hdf5Cursor, size: number, padded: boolean): Hdf5Cursor {
  const inner = cursor.part(size);
  if (padded) cursor.skip(Math.min(cursor.left, (8 - (size % 8)) % 8));
  return inner;
}

function readValues(
  file: Hdf5File,
  cursor: Hdf5Cursor,
  type: Hdf5Datatype,
  count: number,
): Pick<Hdf5Attribute, 'values' | 'unread'> {
  if (type.kind === 'other' || count === 0) return { values: [], unread: false };
  if (count > MOST_ELEMENTS) throw cursor.fault(`${count} elements`);
  // Bytes one by one are one value.
  if (type.kind === 'fixed' && type.size === 1) return { values: [cursor.take(count)], unread: false };
  const values: Buffer[] = [];
  let unread = false;
  for (let index = 0; index < count; index += 1) {
    const value = type.kind === 'fixed' ? cursor.take(type.size) : readReference(file, cursor);
    if (value === undefined) unread = true;
    else values.push(value);
  }
  return { values, unread };
}

/** Length, collection and number; a missing collection is an empty value. */
function readReference(file: Hdf5File, cursor: Hdf5Cursor): Buffer | undefined {
  const length = cursor.uint(4);
  const address = cursor.address();
  const index = cursor.uint(4);
  if (length === 0 || address === undefined || address === 0) return Buffer.alloc(0);
  return readHeapObject(file, address, index)?.subarray(0, length);
}
