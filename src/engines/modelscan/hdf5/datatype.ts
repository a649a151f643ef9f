/** Datatype messages, as far as attributes with text need them. */
import type { Hdf5Cursor } from './hdf5-cursor.ts';

export type Hdf5Datatype =
  /** Text or bytes of one length. */
  | { readonly kind: 'fixed'; readonly size: number }
  /** Text or bytes that stand in a global heap. */
  | { readonly kind: 'variable'; readonly size: number }
  | { readonly kind: 'other'; readonly size: number };

const STRING = 3;
const OPAQUE = 5;
const VARIABLE = 9;
const INTEGER = 0;

export function readDatatype(cursor: Hdf5Cursor): Hdf5Datatype {
  const kind = cursor.uint(1) & 0x0f;
  cursor.skip(3);
  const size = cursor.uint(4);
  if (kind === STRING || kind === OPAQUE) return { kind: 'fixed', size };
  if (kind === VARIABLE) return { kind: 'variable', size };
  // Arrays of single bytes are how some writers keep text and pickles.
  return { kind: kind === INTEGER && size === 1 ? 'fixed' : 'other', size };
}

/** How many elements a dataspace message announces. */
export function readElementCount(cursor: Hdf5Cursor): number {
  const version = cursor.uint(1);
  const rank = cursor.uint(1);
  cursor.skip(1);
  if (version === 1) cursor.skip(5);
  else if (cursor.uint(1) === 2) return 0;
  let count = 1;
  for (let index = 0; index < rank; index += 1) count *= cursor.length();
  return count;
}
