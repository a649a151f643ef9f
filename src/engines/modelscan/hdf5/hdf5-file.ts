/** An open HDF5 file: where it begins, how wide its addresses are, and structures by address. */
import { KIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import { Hdf5Cursor, type Hdf5Sizes } from './hdf5-cursor.ts';

export interface Hdf5File {
  readonly sizes: Hdf5Sizes;
  /** Address of the root group's object header. */
  readonly root: number;
  /** The structure at an address, as long as `length` says or the file lasts. */
  at(address: number, length: number): Hdf5Cursor;
}

const hdf5Signature = Buffer.from('894844460d0a1a0a', 'hex');
/** The signature stands at 0 or at 512 and its doubles, behind a user block. */
const FIRST_USER_BLOCK = 512;
const SUPERBLOCK = KIB;

/** Where the HDF5 part of the file begins; undefined when there is none. */
export function findSuperblock(source: ByteSource): number | undefined {
  for (let offset = 0; offset + 8 <= source.size; offset = offset === 0 ? FIRST_USER_BLOCK : offset * 2) {
    if (source.read(offset, 8).equals(hdf5Signature)) return offset;
  }
  return undefined;
}

/** @throws ScanStop `hdf5-broken`. */
export function openHdf5(source: ByteSource): Hdf5File {
  const start = findSuperblock(source) ?? 0;
  const head = source.read(start, SUPERBLOCK);
  const version = head[8] ?? 0xff;
  const sizes = version < 2 ? sizesAt(head, 13) : sizesAt(head, 9);
  const cursor = new Hdf5Cursor(head, sizes, start);
  cursor.skip(8);
  const { base, root } = version < 2 ? readOldSuperblock(cursor, version) : readNewSuperblock(cursor, version);
  // A base address that is not where the signature stands is legal when the file was moved behind a user block later.
  const origin = base === 0 ? start : base;
  return {
    sizes,
    root,
    at(address, length) {
      const from = origin + address;
      if (!(address >= 0 && from < source.size)) {
        throw new ScanStop('hdf5-broken', { offset: Math.min(from, source.size), evidence: 'address past the end' });
      }
      return new Hdf5Cursor(source.read(from, length), sizes, from);
    },
  };
}

function sizesAt(head: Buffer, position: number): Hdf5Sizes {
  const [offsets = 0, lengths = 0] = head.subarray(position, position + 2);
  if (![offsets, lengths].every((size) => size === 2 || size === 4 || size === 8)) {
    throw new ScanStop('hdf5-broken', { offset: position, evidence: 'sizes of addresses' });
  }
  return { offsets, lengths };
}

/** Versions 0 and 1: the root group is an entry of a symbol table. */
function readOldSuperblock(cursor: Hdf5Cursor, version: number) {
  cursor.skip(version === 1 ? 20 : 16);
  const base = cursor.address() ?? 0;
  cursor.address();
  cursor.address();
  cursor.address();
  cursor.length();
  return { base, root: required(cursor) };
}

/** Versions 2 and 3. */
function readNewSuperblock(cursor: Hdf5Cursor, version: number) {
  if (version > 3) throw cursor.fault(`superblock version ${version}`);
  cursor.skip(4);
  const base = cursor.address() ?? 0;
  cursor.address();
  cursor.address();
  return { base, root: required(cursor) };
}

function required(cursor: Hdf5Cursor): number {
  const address = cursor.address();
  if (address === undefined) throw cursor.fault('no root group');
  return address;
}
