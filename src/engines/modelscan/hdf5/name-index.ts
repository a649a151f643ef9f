/** Version 2 B-trees, read only for the heap ids of their records. */
import type { Hdf5Cursor } from './hdf5-cursor.ts';
import type { Hdf5File } from './hdf5-file.ts';

/** Link names: hash, then the id; attribute names: the id first. */
const LINK_NAMES = 5;
const ATTRIBUTE_NAMES = 8;
const MOST_NODES = 200_000;

interface Tree {
  readonly type: number;
  readonly nodeSize: number;
  readonly recordSize: number;
  /** Of an address in this file. */
  readonly pointerSize: number;
}

interface Node {
  readonly address: number;
  readonly depth: number;
  readonly records: number;
}

/** The heap ids of every record, in no order. @throws ScanStop `hdf5-broken`. */
export function* readNameIndex(file: Hdf5File, address: number): Generator<Buffer> {
  const head = file.at(address, 64);
  head.expect('BTHD');
  head.skip(1);
  const type = head.uint(1);
  const tree = { type, nodeSize: head.uint(4), recordSize: head.uint(2), pointerSize: file.sizes.offsets };
  const depth = head.uint(2);
  head.skip(2);
  const root = head.address();
  const records = head.uint(2);
  if (type !== LINK_NAMES && type !== ATTRIBUTE_NAMES) throw head.fault(`index of type ${type}`);
  if (tree.recordSize === 0) throw head.fault('empty records');
  if (root === undefined) return;
  const pending: Node[] = [{ address: root, depth, records }];
  let visited = 0;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visited += 1;
    const cursor = file.at(node.address, tree.nodeSize);
    if (visited > MOST_NODES) throw cursor.fault('index nodes in a circle');
    cursor.expect(node.depth === 0 ? 'BTLF' : 'BTIN');
    cursor.skip(2);
    for (let index = 0; index < node.records; index += 1) yield heapId(tree, cursor.take(tree.recordSize));
    if (node.depth > 0) pending.push(...childrenOf(tree, node, cursor));
  }
}

function heapId({ type }: Tree, record: Buffer): Buffer {
  return type === LINK_NAMES ? record.subarray(4) : record;
}

/** Each child: address, number of its records, and below the last level but one the number of all below it. */
function childrenOf(tree: Tree, { depth, records }: Node, cursor: Hdf5Cursor): readonly Node[] {
  const countSize = bytesFor(mostRecords(tree, 0, 0));
  const children: Node[] = [];
  for (let index = 0; index <= records; index += 1) {
    const address = cursor.address();
    const count = cursor.uint(countSize);
    if (depth > 1) cursor.skip(bytesFor(totalBelow(tree, depth - 1)));
    if (address === undefined) throw cursor.fault('index without a child');
    children.push({ address, depth: depth - 1, records: count });
  }
  return children;
}

/** Signature, version, type and checksum. */
const NODE_OVERHEAD = 10;

function mostRecords(tree: Tree, depth: number, pointerSize: number): number {
  if (depth === 0) return Math.floor((tree.nodeSize - NODE_OVERHEAD) / tree.recordSize);
  return Math.floor((tree.nodeSize - NODE_OVERHEAD - pointerSize) / (tree.recordSize + pointerSize));
}

function totalBelow(tree: Tree, depth: number): number {
  const leaf = mostRecords(tree, 0, 0);
  let total = leaf;
  for (let level = 1; level <= depth; level += 1) {
    const pointer = tree.pointerSize + bytesFor(leaf) + (level > 1 ? bytesFor(total) : 0);
    const here = mostRecords(tree, level, pointer);
    total = (here + 1) * total + here;
  }
  return total;
}

function bytesFor(largest: number): number {
  return Math.ceil((Math.floor(Math.log2(Math.max(1, largest))) + 1) / 8);
}
