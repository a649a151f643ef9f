/** Opcodes that build containers, shuffle the stack and use the memo. */
import type { OpcodeHandler, PickleMachine } from './pickle-machine.ts';
import {
  absorb,
  type DictNode,
  emptyDict,
  emptyList,
  isNode,
  KEPT_ENTRIES,
  KEPT_ITEMS,
  type ListNode,
  type PickleValue,
  setOf,
  tupleOf,
} from './pickle-value.ts';
import { parsePythonInteger } from './text-literals.ts';

export const structureOpcodes: readonly (readonly [number, OpcodeHandler])[] = [
  [0x80, setProtocol], // PROTO
  [0x95, checkFrame], // FRAME
  [0x2e, (machine) => machine.stop()], // STOP
  [0x28, (machine) => machine.mark()], // MARK
  [0x30, (machine) => machine.popOrUnmark()], // POP
  [0x31, (machine) => void machine.popToMark()], // POP_MARK
  [0x32, (machine) => machine.push(machine.peek())], // DUP
  [0x29, (machine) => machine.push(tupleOf([]))], // EMPTY_TUPLE
  [0x85, (machine) => pushTuple(machine, 1)], // TUPLE1
  [0x86, (machine) => pushTuple(machine, 2)], // TUPLE2
  [0x87, (machine) => pushTuple(machine, 3)], // TUPLE3
  [0x74, (machine) => machine.push(tupleOf(machine.popToMark()))], // TUPLE
  [0x5d, (machine) => machine.push(emptyList())], // EMPTY_LIST
  [0x6c, pushList], // LIST
  [0x61, (machine) => append(machine, [machine.pop()])], // APPEND
  [0x65, (machine) => append(machine, machine.popToMark())], // APPENDS
  [0x7d, (machine) => machine.push(emptyDict())], // EMPTY_DICT
  [0x64, pushDict], // DICT
  [0x73, (machine) => assign(machine, [machine.pop(), machine.pop()].reverse())], // SETITEM
  [0x75, (machine) => assign(machine, machine.popToMark())], // SETITEMS
  [0x8f, (machine) => machine.push(setOf([]))], // EMPTY_SET
  [0x90, addItems], // ADDITEMS
  [0x91, (machine) => machine.push(setOf(machine.popToMark()))], // FROZENSET
  [0x70, (machine) => machine.putMemo(textIndex(machine))], // PUT
  [0x71, (machine) => machine.putMemo(machine.reader.byte())], // BINPUT
  [0x72, (machine) => machine.putMemo(machine.reader.uint32())], // LONG_BINPUT
  [0x94, (machine) => machine.putMemo(machine.memo.size)], // MEMOIZE
  [0x67, (machine) => machine.getMemo(textIndex(machine))], // GET
  [0x68, (machine) => machine.getMemo(machine.reader.byte())], // BINGET
  [0x6a, (machine) => machine.getMemo(machine.reader.uint32())], // LONG_BINGET
];

function setProtocol(machine: PickleMachine): void {
  const protocol = machine.reader.byte();
  if (protocol > 5) throw machine.broken(`protocol ${protocol}`);
  machine.protocol = protocol;
}

/** Frames only prefetch: C reads opcodes across their ends. One that is longer than the file is a fault of its own. */
function checkFrame(machine: PickleMachine): void {
  const length = machine.reader.uint64();
  if (length > machine.reader.remaining) machine.report('pickle-broken', `frame of ${length} bytes`);
}

function pushTuple(machine: PickleMachine, count: number): void {
  const items: PickleValue[] = [];
  for (let taken = 0; taken < count; taken += 1) items.push(machine.pop());
  machine.push(tupleOf(items.reverse()));
}

function pushList(machine: PickleMachine): void {
  const list = emptyList();
  grow(list, machine.popToMark());
  machine.push(list);
}

function grow(list: ListNode, items: readonly PickleValue[]): void {
  absorb(list, items);
  list.length += items.length;
  for (const item of items.slice(0, Math.max(0, KEPT_ITEMS - list.items.length))) list.items.push(item);
}

function append(machine: PickleMachine, items: readonly PickleValue[]): void {
  const target = machine.peek();
  if (isNode(target) && target.kind === 'list') {
    grow(target, items);
    machine.checkSize(target);
  } else if (items.length > 0) machine.report('pickle-assignment', `append to ${describeValue(target)}`);
}

function pushDict(machine: PickleMachine): void {
  const items = machine.popToMark();
  machine.push(emptyDict());
  assign(machine, items);
}

function assign(machine: PickleMachine, items: readonly PickleValue[]): void {
  if (items.length % 2 !== 0) throw machine.broken('odd number of items for a dictionary');
  const target = machine.peek();
  if (items.length === 0) return;
  if (!isNode(target) || !(target.kind === 'dict' || isMapping(target))) {
    machine.report('pickle-assignment', `item of ${describeValue(target)}`);
    return;
  }
  if (target.kind === 'dict') keepEntries(target, items);
  machine.observer.onItems?.(target, items);
  absorb(target, items);
  machine.checkSize(target);
}

function keepEntries(target: DictNode, items: readonly PickleValue[]): void {
  target.length += items.length / 2;
  for (let index = 0; index < items.length && target.entries.size < KEPT_ENTRIES; index += 2) {
    const key = items[index];
    if (typeof key === 'string') target.entries.set(key, items[index + 1] ?? null);
  }
}

const mappings: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'collections.Counter',
  'collections.defaultdict',
  'builtins.dict',
]);

function isMapping(value: PickleValue): boolean {
  return (
    isNode(value) &&
    value.kind === 'call' &&
    isNode(value.callee) &&
    value.callee.kind === 'import' &&
    mappings.has(value.callee.name)
  );
}

function addItems(machine: PickleMachine): void {
  const items = machine.popToMark();
  const target = machine.peek();
  if (isNode(target) && target.kind === 'set') {
    absorb(target, items);
    machine.checkSize(target);
  } else if (items.length > 0) machine.report('pickle-assignment', `add to ${describeValue(target)}`);
}

function textIndex(machine: PickleMachine): number {
  const text = machine.reader.line().text.toString('latin1');
  const index = parsePythonInteger(text);
  if (typeof index !== 'number' || index < 0) throw machine.broken(`memo index ${text}`);
  return index;
}

/** A few words on a value, for evidence. */
export function describeValue(value: PickleValue): string {
  if (!isNode(value)) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (value.kind === 'import') return value.name;
  if (value.kind === 'call') return `${describeValue(value.callee)}(…)`;
  return value.kind;
}
