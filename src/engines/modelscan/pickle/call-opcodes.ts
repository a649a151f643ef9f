/** Opcodes that import, call and set state: the ones that make a pickle a program. */

import { storageItemSizes } from './allow-list.ts';
import { callValue, judgeBuild } from './call-judgement.ts';
import type { OpcodeHandler, PickleMachine } from './pickle-machine.ts';
import { isNode, type PickleValue, type StorageReference, tupleOf, unknownValue } from './pickle-value.ts';
import { describeValue } from './structure-opcodes.ts';

export const callOpcodes: readonly (readonly [number, OpcodeHandler])[] = [
  [0x63, importGlobal], // GLOBAL
  [0x93, importFromStack], // STACK_GLOBAL
  [0x69, instantiate], // INST
  [0x6f, callObject], // OBJ
  [0x52, reduce], // REDUCE
  [0x81, newObject], // NEWOBJ
  [0x92, newObjectWithKeywords], // NEWOBJ_EX
  [0x62, build], // BUILD
  [0x82, (machine) => pushExtension(machine, machine.reader.byte())], // EXT1
  [0x83, (machine) => pushExtension(machine, machine.reader.uint16())], // EXT2
  [0x84, (machine) => pushExtension(machine, machine.reader.int32())], // EXT4
  [0x50, pushTextPersistent], // PERSID
  [0x51, (machine) => pushPersistent(machine, machine.pop())], // BINPERSID
];

function lineText(machine: PickleMachine): string {
  return machine.reader.line().text.toString('utf8');
}

function importGlobal(machine: PickleMachine): void {
  const module = machine.reader.line();
  const name = machine.reader.line();
  if (module.truncated || name.truncated) {
    machine.importComputed('a name of more than 8 KiB');
    machine.push(unknownValue);
  } else machine.push(machine.importName(module.text.toString('utf8'), name.text.toString('utf8')));
}

function importFromStack(machine: PickleMachine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name === 'string' && typeof module === 'string') {
    machine.push(machine.importName(module, name));
    return;
  }
  machine.importComputed(`${describeValue(module)}.${describeValue(name)}`);
  machine.push(unknownValue);
}

function instantiate(machine: PickleMachine): void {
  importGlobal(machine);
  const callee = machine.pop();
  const args = machine.popToMark();
  machine.push(callValue(machine, callee, tupleOf(args)));
}

function callObject(machine: PickleMachine): void {
  const [callee, ...args] = machine.popToMark();
  if (callee === undefined) throw machine.broken('stack underflow');
  machine.push(callValue(machine, callee, tupleOf(args)));
}

function reduce(machine: PickleMachine): void {
  const args = machine.pop();
  machine.push(callValue(machine, machine.pop(), args));
}

function newObject(machine: PickleMachine): void {
  const args = machine.pop();
  machine.push(callValue(machine, machine.pop(), args));
}

function newObjectWithKeywords(machine: PickleMachine): void {
  const keywords = machine.pop();
  const args = machine.pop();
  const callee = machine.pop();
  const plain = isNode(keywords) && keywords.kind === 'dict' && keywords.length === 0;
  if (!plain) machine.report('pickle-call-arguments', `${describeValue(callee)}(**…)`);
  machine.push(callValue(machine, callee, args));
}

function build(machine: PickleMachine): void {
  const state = machine.pop();
  judgeBuild(machine, machine.peek(), state);
}

function pushExtension(machine: PickleMachine, code: number): void {
  machine.report('pickle-extension-registry', String(code));
  machine.push(unknownValue);
}

function pushTextPersistent(machine: PickleMachine): void {
  machine.report('pickle-persistent-id', lineText(machine));
  machine.push(unknownValue);
}

function pushPersistent(machine: PickleMachine, id: PickleValue): void {
  const storage = machine.torchStorages ? storageOf(machine, id) : undefined;
  if (storage !== undefined) {
    machine.observer.onStorage(storage.whole);
    machine.push({ kind: 'storage', storage: storage.seen, nodes: 1, depth: 1 });
    return;
  }
  const container = machine.torchContainers ? containerOf(id) : undefined;
  const number = machine.tensorNumbers && typeof id === 'string' && /^\d{1,20}$/.test(id);
  if (container === undefined && !number) machine.report('pickle-persistent-id', describeValue(id));
  machine.push(container ?? unknownValue);
}

/**
 * `('module', class, file, source text)`: how the layout before 1.6 names the class of a network. The loader gives the
 * class, after comparing the text with its own to warn (`torch.serialization._check_container_source`).
 */
function containerOf(id: PickleValue): PickleValue | undefined {
  if (!isNode(id) || id.kind !== 'tuple' || id.items.length !== 4) return undefined;
  const [tag, type, file, source] = id.items;
  const isAllowed = type !== undefined && isNode(type) && type.kind === 'import' && type.shape !== undefined;
  return tag === 'module' && isAllowed && isTextOrNone(file) && isTextOrNone(source) ? type : undefined;
}

function isTextOrNone(value: PickleValue | undefined): boolean {
  if (value === null || typeof value === 'string') return true;
  return value !== undefined && isNode(value) && value.kind === 'long-text';
}

interface SeenStorage {
  readonly whole: StorageReference;
  /** The part of it that tensors see: all of it but where a view is named. */
  readonly seen: StorageReference;
}

/** `('storage', storage class, key, location, number of elements)`, in legacy files with a view or None. */
function storageOf(machine: PickleMachine, id: PickleValue): SeenStorage | undefined {
  if (!isNode(id) || id.kind !== 'tuple') return undefined;
  const view = id.items[5];
  const whole = wholeStorageOf(machine, id.items);
  if (whole === undefined || view === undefined || view === null) return whole && { whole, seen: whole };
  const elements = machine.torchContainers ? viewLength(view, whole.elements) : undefined;
  return elements === undefined ? undefined : { whole, seen: { ...whole, elements } };
}

/** `(key, first element, number of elements)`, inside a storage of `elements`; undefined when it is not. */
function viewLength(view: PickleValue, elements: number): number | undefined {
  if (!isNode(view) || view.kind !== 'tuple' || view.items.length !== 3) return undefined;
  const [key, first, count] = view.items;
  if (typeof key !== 'string' || typeof first !== 'number' || typeof count !== 'number') return undefined;
  return first >= 0 && count >= 0 && first + count <= elements ? count : undefined;
}

function wholeStorageOf(machine: PickleMachine, items: readonly PickleValue[]): StorageReference | undefined {
  const [tag, type, key, location, elements] = items;
  if (tag !== 'storage' || typeof location !== 'string' || items.length > 6) return undefined;
  if (typeof key !== 'string' || !/^[A-Za-z0-9_-]{1,200}$/.test(key)) return undefined;
  if (typeof elements !== 'number' || elements < 0 || !isNode(type) || type.kind !== 'import') return undefined;
  const className = /^torch\.(?:cuda\.|storage\.)?(\w+)$/.exec(type.name)?.[1] ?? '';
  const itemSize = storageItemSizes.get(className);
  if (itemSize === undefined) return undefined;
  return { key, type: className, elements, itemSize, offset: machine.offset };
}
