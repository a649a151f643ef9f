/**
 * Values of the symbolic machine. Numbers, short strings, None and booleans are themselves; the rest are nodes that
 * remember only what a judgement needs, so that a pickle of millions of items stays small.
 */
import type { CallShape } from './allow-list.ts';

export type PickleValue = null | boolean | number | bigint | string | PickleNode;

export type PickleNode =
  | OpaqueNode
  | BytesNode
  | TupleNode
  | ListNode
  | DictNode
  | SetNode
  | ImportNode
  | CallNode
  | StorageNode;

interface NodeSize {
  /** Values in this one, shared parts counted each time. */
  nodes: number;
  /** Longest way down. */
  depth: number;
}

/** A float, a long string, an out-of-band buffer: data whose content does not matter here. */
export interface OpaqueNode extends NodeSize {
  readonly kind: 'float' | 'long-text' | 'number' | 'buffer' | 'unknown';
}

export interface BytesNode extends NodeSize {
  readonly kind: 'bytes';
  readonly length: number;
}

export interface TupleNode extends NodeSize {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

export interface ListNode extends NodeSize {
  readonly kind: 'list';
  length: number;
  /** The first twenty thousand; nothing needs more of a longer list. */
  readonly items: PickleValue[];
}

export interface DictNode extends NodeSize {
  readonly kind: 'dict';
  length: number;
  /** Entries under short string keys, the first few hundred. */
  readonly entries: Map<string, PickleValue>;
}

export interface SetNode extends NodeSize {
  readonly kind: 'set';
}

export interface ImportNode extends NodeSize {
  readonly kind: 'import';
  readonly name: string;
  /** How it may be called; absent when it is not on the allow list. */
  readonly shape: CallShape | undefined;
}

/** What a call, or an extension code or persistent id that nobody can resolve, gave back. */
export interface CallNode extends NodeSize {
  readonly kind: 'call';
  readonly callee: PickleValue;
  readonly shape: CallShape | undefined;
  readonly args: readonly PickleValue[];
  /** What the last `BUILD` set. */
  state?: PickleValue;
}

/** torch's persistent id of tensor storage. */
export interface StorageNode extends NodeSize {
  readonly kind: 'storage';
  readonly storage: StorageReference;
}

export interface StorageReference {
  readonly key: string;
  readonly type: string;
  readonly elements: number;
  readonly itemSize: number;
  readonly offset: number;
}

/** A tensor view as `_rebuild_tensor*` gets it, to be held against the size of its storage. */
export interface TensorView {
  readonly key: string;
  readonly storageElements: number;
  readonly offset: number;
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly position: number;
}

export const KEPT_ITEMS = 20_000;
export const KEPT_ENTRIES = 256;

export const floatValue: OpaqueNode = { kind: 'float', nodes: 1, depth: 1 };
export const longTextValue: OpaqueNode = { kind: 'long-text', nodes: 1, depth: 1 };
export const numberValue: OpaqueNode = { kind: 'number', nodes: 1, depth: 1 };
export const bufferValue: OpaqueNode = { kind: 'buffer', nodes: 1, depth: 1 };
export const unknownValue: OpaqueNode = { kind: 'unknown', nodes: 1, depth: 1 };

export function bytesValue(length: number): BytesNode {
  return { kind: 'bytes', length, nodes: 1, depth: 1 };
}

export function tupleOf(items: readonly PickleValue[]): TupleNode {
  const { nodes, depth } = measure(items);
  return { kind: 'tuple', items, nodes, depth };
}

export function emptyList(): ListNode {
  return { kind: 'list', length: 0, items: [], nodes: 1, depth: 1 };
}

export function emptyDict(): DictNode {
  return { kind: 'dict', length: 0, entries: new Map(), nodes: 1, depth: 1 };
}

export function setOf(items: readonly PickleValue[]): SetNode {
  return { kind: 'set', ...measure(items) };
}

/** Grows `container` by what was put into it. */
export function absorb(container: NodeSize, items: readonly PickleValue[]): void {
  const { nodes, depth } = measure(items);
  container.nodes += nodes - 1;
  container.depth = Math.max(container.depth, depth);
}

export function isNode(value: PickleValue | undefined): value is PickleNode {
  return typeof value === 'object' && value !== null;
}

export function measure(items: readonly PickleValue[]): NodeSize {
  let nodes = 1;
  let depth = 1;
  for (const item of items) {
    if (isNode(item)) {
      nodes += item.nodes;
      depth = Math.max(depth, item.depth + 1);
    } else nodes += 1;
  }
  return { nodes, depth };
}

/** The dimensions in a tuple or `torch.Size`; undefined when anything but a number is among them. */
export function numbersOf(value: PickleValue | undefined): readonly number[] | undefined {
  if (!isNode(value)) return undefined;
  if (value.kind === 'call') return value.args.length === 1 ? numbersOf(value.args[0]) : undefined;
  if (value.kind !== 'tuple') return undefined;
  const numbers = value.items.filter((item) => typeof item === 'number');
  return numbers.length === value.items.length ? numbers : undefined;
}
