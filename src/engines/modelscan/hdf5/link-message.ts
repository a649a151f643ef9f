/** Links of groups in the newer form. */
import type { Hdf5Cursor } from './hdf5-cursor.ts';

export type Hdf5Link =
  | { readonly kind: 'hard'; readonly name: string; readonly address: number }
  /** Leads to a place in the same file. */
  | { readonly kind: 'soft'; readonly name: string }
  /** Leads to a place in another file. */
  | { readonly kind: 'external'; readonly name: string; readonly file: string }
  /** Only a program that registered the kind knows what it leads to. */
  | { readonly kind: 'user-defined'; readonly name: string };

const HAS_CREATION_ORDER = 0x04;
const HAS_KIND = 0x08;
const HAS_CHARSET = 0x10;
const SOFT = 1;
const EXTERNAL = 64;

/** @throws ScanStop `hdf5-broken`. */
export function readLink(cursor: Hdf5Cursor): Hdf5Link {
  if (cursor.uint(1) !== 1) throw cursor.fault('link version');
  const flags = cursor.uint(1);
  const kind = (flags & HAS_KIND) === 0 ? 0 : cursor.uint(1);
  if ((flags & HAS_CREATION_ORDER) !== 0) cursor.skip(8);
  if ((flags & HAS_CHARSET) !== 0) cursor.skip(1);
  const name = cursor.take(cursor.uint(2 ** (flags & 3))).toString('utf8');
  if (kind === 0) {
    const address = cursor.address();
    if (address === undefined) throw cursor.fault('link to nowhere');
    return { kind: 'hard', name, address };
  }
  const value = cursor.part(cursor.uint(2));
  if (kind === SOFT) return { kind: 'soft', name };
  if (kind !== EXTERNAL) return { kind: 'user-defined', name };
  value.skip(1);
  return { kind: 'external', name, file: value.text() };
}
