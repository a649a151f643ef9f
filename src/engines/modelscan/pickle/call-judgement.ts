/** Whether a call or a state assignment is what a writer of model files produces. */
import type { CallShape } from './allow-list.ts';
import { skipJoblibArray } from './joblib-array.ts';
import type { PickleMachine } from './pickle-machine.ts';
import {
  type CallNode,
  type ImportNode,
  isNode,
  measure,
  numbersOf,
  type PickleValue,
  type StorageNode,
} from './pickle-value.ts';
import { describeValue } from './structure-opcodes.ts';

/** The result of calling `callee` with `args`, after saying what is wrong with it. */
export function callValue(machine: PickleMachine, callee: PickleValue, args: PickleValue): CallNode {
  const shape = isNode(callee) && callee.kind === 'import' ? callee.shape : undefined;
  const items = isNode(args) && args.kind === 'tuple' ? args.items : undefined;
  if (shape === undefined || shape === 'never') machine.report('pickle-call-unknown', describeValue(callee));
  else if (items === undefined)
    machine.report('pickle-call-arguments', `${describeValue(callee)}(${describeValue(args)})`);
  else if (isNode(callee) && callee.kind === 'import') judgeArguments(machine, callee, shape, items);
  return { kind: 'call', callee, shape, args: items ?? [], ...measure([callee, args]) };
}

function judgeArguments(
  machine: PickleMachine,
  callee: ImportNode,
  shape: CallShape,
  args: readonly PickleValue[],
): void {
  if (!(plausible[shape]?.(machine, callee, args) ?? false)) {
    machine.report('pickle-call-arguments', `${callee.name}(${args.map(describeValue).join(', ')})`);
  }
}

type Plausible = (machine: PickleMachine, callee: ImportNode, args: readonly PickleValue[]) => boolean;

const plausible: Readonly<Partial<Record<CallShape, Plausible>>> = {
  container: (_, __, args) => args.length <= 1 && args.every(isContainer),
  number: (_, __, args) => args.length <= 2 && args.every(isScalar),
  range: (_, __, args) => args.length <= 3 && args.every((value) => value === null || typeof value === 'number'),
  bytes: (_, __, args) => args.length <= 2 && args.every(isByteContent) && (args.length < 2 || isLatin1(args[1])),
  encode: (_, __, args) => args.length === 2 && isText(args[0]) && args[1] === 'latin1',
  'default-dict': (_, __, args) =>
    args.length <= 2 && args.slice(0, 1).every(isFactory) && args.slice(1).every(isContainer),
  data: (_, __, args) => args.every((value) => reserves(value) <= MOST_RESERVED),
  'rebuild-tensor': rebuildsTensor,
  'rebuild-from-type': rebuildsFromType,
  layout: (_, __, args) => args.length === 1 && typeof args[0] === 'string' && args[0].startsWith('torch.'),
  'joblib-array': (_, __, args) => args.length === 0,
};

function isContainer(value: PickleValue): boolean {
  if (!isNode(value)) return false;
  if (value.kind === 'call') return value.shape === 'container' || value.shape === 'default-dict';
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict' || value.kind === 'set';
}

function isScalar(value: PickleValue): boolean {
  return !isNode(value) || value.kind === 'float' || value.kind === 'number' || value.kind === 'long-text';
}

function isText(value: PickleValue | undefined): boolean {
  return typeof value === 'string' || (isNode(value) && value.kind === 'long-text');
}

function isByteContent(value: PickleValue): boolean {
  if (isText(value)) return true;
  if (!isNode(value)) return false;
  return value.kind === 'bytes' || value.kind === 'buffer' || (value.kind === 'call' && value.shape === 'encode');
}

function isLatin1(value: PickleValue | undefined): boolean {
  return value === 'latin-1' || value === 'latin1';
}

const factoryShapes: ReadonlySet<CallShape> = new Set<CallShape>(['container', 'number', 'bytes', 'default-dict']);

function isFactory(value: PickleValue): boolean {
  if (value === null) return true;
  return isNode(value) && value.kind === 'import' && value.shape !== undefined && factoryShapes.has(value.shape);
}

/** Elements of an array or tensor that an argument asks room for; the largest tensors of real models have fewer. */
const MOST_RESERVED = 2 ** 36;

function reserves(value: PickleValue): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Math.abs(Number(value));
  const sides = isNode(value) && value.kind === 'tuple' ? value.items : [];
  const product = sides.reduce<number>((total, side) => total * (isNode(side) ? 1 : reserves(side)), 1);
  return sides.length > 64 ? Number.POSITIVE_INFINITY : product;
}

const viewRebuilders: ReadonlySet<string> = new Set(
  ['_rebuild_tensor', '_rebuild_tensor_v2', '_rebuild_tensor_v3', '_rebuild_qtensor'].map(
    (name) => `torch._utils.${name}`,
  ),
);

function rebuildsTensor(machine: PickleMachine, callee: ImportNode, args: readonly PickleValue[]): boolean {
  if (!viewRebuilders.has(callee.name)) return args.length > 0;
  const [storage, offset, size, stride] = args;
  const dimensions = numbersOf(size);
  const steps = numbersOf(stride);
  if (!isStorage(storage) || typeof offset !== 'number' || dimensions === undefined || steps === undefined)
    return false;
  machine.observer.onView({
    key: storage.storage.key,
    storageElements: storage.storage.elements,
    offset,
    size: dimensions,
    stride: steps,
    position: machine.offset,
  });
  return true;
}

/** `_rebuild_from_type_v2(function, type, arguments, state)` calls its first argument. */
function rebuildsFromType(machine: PickleMachine, _callee: ImportNode, args: readonly PickleValue[]): boolean {
  const [inner, , innerArgs] = args;
  if (args.length !== 4 || !isNode(inner) || inner.kind !== 'import') return false;
  if (inner.shape !== 'rebuild-tensor' || !isNode(innerArgs) || innerArgs.kind !== 'tuple') return false;
  return rebuildsTensor(machine, inner, innerArgs.items);
}

function isStorage(value: PickleValue | undefined): value is StorageNode {
  return isNode(value) && value.kind === 'storage';
}

const statefulShapes: ReadonlySet<CallShape> = new Set<CallShape>(['data', 'rebuild-tensor', 'rebuild-from-type']);

/** Attributes that Python itself looks for: to set one changes what an object does. */
function internalKey(state: PickleValue): string | undefined {
  const parts = isNode(state) && state.kind === 'tuple' ? state.items : [state];
  for (const part of parts) {
    const keys = isNode(part) && part.kind === 'dict' ? [...part.entries.keys()] : [];
    const found = keys.find((key) => /^__\w+__$/.test(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `BUILD`: calls `__setstate__`, or sets attributes. */
export function judgeBuild(machine: PickleMachine, target: PickleValue, state: PickleValue): void {
  if (isNode(target) && target.kind === 'call') target.state = state;
  if (isNode(target) && target.kind === 'import') {
    machine.report('pickle-build-on-import', target.name);
    return;
  }
  const shape = isNode(target) && target.kind === 'call' ? target.shape : undefined;
  if (shape === 'joblib-array') {
    skipJoblibArray(machine, state);
    return;
  }
  const dictionary = isNode(state) && state.kind === 'dict';
  const tuple = isNode(state) && state.kind === 'tuple';
  const ordinary =
    ((shape === 'container' || shape === 'default-dict') && dictionary) ||
    (shape !== undefined && statefulShapes.has(shape) && (dictionary || tuple));
  const internal = ordinary ? internalKey(state) : undefined;
  if (!ordinary || internal !== undefined)
    machine.report('pickle-build-unknown', [describeValue(target), internal].filter(Boolean).join('.'));
}
