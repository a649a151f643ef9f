/** Groups in the older form: a B-tree of symbol tables with the names in a local heap. */
import { MIB } from '#kernel/units';

import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';
import type { Hdf5Link } from './link-message.ts';

/** Enough to know how long a node is. */
const NODE_HEAD = 8;
const LARGEST_HEAP = 64 * MIB;
const MOST_NODES = 200_000;
const SYMBOLIC_LINK = 2;

/** The links of the group whose symbol table message this is. @throws ScanStop `hdf5-broken`. */
export function* readSymbolTable(file: Hdf5File, message: Hdf5Cursor): Generator<Hdf5Link> {
  const tree = message.address();
  const heap = message.address();
  if (tree === undefined || heap === undefined) return;
  const names = readLocalHeap(file, heap);
  const seen = new Set<number>();
  const pending = [tree];
  for (let address = pending.pop(); address !== undefined; address = pending.pop()) {
    const head = file.at(address, NODE_HEAD);
    if (seen.has(address) || seen.size > MOST_NODES) throw head.fault('group nodes in a circle');
    seen.add(address);
    const signature = head.take(4).toString('latin1');
    head.skip(2);
    const count = head.uint(2);
    if (signature === 'TREE') pending.push(...childrenOf(file, address, count));
    else if (signature === 'SNOD') yield* entriesOf(file, address, count, names);
    else throw head.fault('group node');
  }
}

function childrenOf(file: Hdf5File, address: number, used: number): readonly number[] {
  const { offsets, lengths } = file.sizes;
  const node = file.at(address, NODE_HEAD + 2 * offsets + used * (offsets + lengths));
  node.skip(NODE_HEAD);
  node.address();
  node.address();
  const children: number[] = [];
  for (let index = 0; index < used; index += 1) {
    node.length();
    const child = node.address();
    if (child !== undefined) children.push(child);
  }
  return children;
}

/** Besides its two addresses, each entry says how it is cached. */
const CACHE_PART = 24;

function* entriesOf(file: Hdf5File, address: number, count: number, names: Buffer): Generator<Hdf5Link> {
  const node = file.at(address, NODE_HEAD + count * (2 * file.sizes.offsets + CACHE_PART));
  node.skip(NODE_HEAD);
  for (let index = 0; index < count; index += 1) {
    const nameOffset = node.uint(file.sizes.offsets);
    const target = node.address();
    const cacheType = node.uint(4);
    node.skip(CACHE_PART - 4);
    const end = names.indexOf(0, nameOffset);
    const name = names.subarray(nameOffset, end < 0 ? undefined : end).toString('utf8');
    if (cacheType === SYMBOLIC_LINK || target === undefined) yield { kind: 'soft', name };
    else yield { kind: 'hard', name, address: target };
  }
}

function readLocalHeap(file: Hdf5File, address: number): Buffer {
  const head = file.at(address, 64);
  head.expect('HEAP');
  head.skip(4);
  const size = head.length();
  head.length();
  const data = head.address();
  if (data === undefined || size > LARGEST_HEAP) throw head.fault('local heap');
  return file.at(data, size).take(size);
}
