/** Walks every message of an ONNX file with a stack of its own, and hands each to its judge when it ends. */

import { type ProtobufReader, type WireField, wireTypes } from '../protobuf/protobuf-reader.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { type FieldSchema, fieldOf, type MessageName } from './onnx-schema.ts';

/** More of one message than any real model says in the fields that are kept. */
const KEPT_FIELDS = 4096;
const BREATHE_EVERY = 1024;

/** One message with the fields a judge asked for, every occurrence of them, in order. */
export class OnnxMessage {
  readonly name: MessageName;
  readonly parent: OnnxMessage | undefined;
  /** The field of the parent this message stands in. */
  readonly place: string;
  readonly start: number;
  readonly end: number;
  readonly seen = new Set<string>();
  readonly #kept = new Map<string, WireField[]>();
  readonly #children: OnnxMessage[] = [];
  #count = 0;

  constructor(name: MessageName, range: { start: number; end: number }, parent?: OnnxMessage, place = '') {
    this.name = name;
    this.start = range.start;
    this.end = range.end;
    this.parent = parent;
    this.place = place;
  }

  all(field: string): readonly WireField[] {
    return this.#kept.get(field) ?? [];
  }

  /** Messages inside this one that a judge set aside until it ends. */
  get children(): readonly OnnxMessage[] {
    return this.#children;
  }

  adopt(child: OnnxMessage): void {
    this.#count += 1;
    this.#children.push(child);
  }

  keep(name: string, field: WireField): void {
    this.#count += 1;
    const fields = this.#kept.get(name);
    if (fields === undefined) this.#kept.set(name, [field]);
    else fields.push(field);
  }

  /** Whether something is left of what may be kept. */
  get hasRoom(): boolean {
    return this.#count < KEPT_FIELDS;
  }
}

export interface Judge {
  /** The fields worth keeping of each kind of message. */
  readonly kept: Readonly<Partial<Record<MessageName, ReadonlySet<string>>>>;
  readonly onEnd: (message: OnnxMessage) => void;
}

export async function walkMessages(scope: Scope, reader: ProtobufReader, judge: Judge): Promise<void> {
  const stack: OnnxMessage[] = [new OnnxMessage('Model', { start: 0, end: reader.size })];
  let steps = 0;
  for (let message = stack.at(-1); message !== undefined; message = stack.at(-1)) {
    steps += 1;
    if (steps % BREATHE_EVERY === 0 && scope.context.needsBreath()) await scope.context.breathe();
    if (reader.position === message.end) {
      judge.onEnd(message);
      stack.pop();
      continue;
    }
    const inner = step(scope, reader, judge, message);
    if (inner === undefined) continue;
    if (stack.length >= scope.context.limits.protobufDepth)
      throw new ScanStop('onnx-limit', { offset: inner.start, evidence: `depth ${stack.length}` });
    stack.push(inner);
  }
}

/** Reads one field; gives the message in it when there is one to go into. */
function step(scope: Scope, reader: ProtobufReader, judge: Judge, message: OnnxMessage): OnnxMessage | undefined {
  const field = reader.field(message.end);
  const schema = fieldOf(message.name, field.number);
  const name = `${message.name}.${schema?.name ?? field.number}`;
  // Loaders skip such fields, so the look goes on; what stands in a group is looked at as if there were none.
  if (isGroup(field) || (schema !== undefined && !hasSoundWire(reader, schema, field))) {
    scope.report('onnx-broken', { offset: field.offset, evidence: `${name}: wire type ${field.wire}` });
    return undefined;
  }
  if (schema === undefined) return undefined;
  if (!schema.repeated) {
    // Loaders take the last one, merge them, or stop: whatever they do, no writer does this.
    if (message.seen.has(schema.name)) scope.report('onnx-repeated-field', { offset: field.offset, evidence: name });
    message.seen.add(schema.name);
  }
  if (judge.kept[message.name]?.has(schema.name) === true) {
    keepValues(reader, message, schema, field);
    if (!message.hasRoom) scope.report('onnx-limit', { offset: field.offset, evidence: name });
  }
  if (schema.message === undefined) return undefined;
  reader.position = field.start;
  const range = { start: field.start, end: field.start + field.length };
  return new OnnxMessage(schema.message, range, message, schema.name);
}

function isGroup({ wire }: WireField): boolean {
  return wire === wireTypes.groupStart || wire === wireTypes.groupEnd;
}

/** The type's own wire type, or a packed list of whole values. */
function hasSoundWire(reader: ProtobufReader, schema: FieldSchema, { wire, start, length }: WireField): boolean {
  if (schema.wire === wire) return true;
  if (!schema.repeated || wire !== wireTypes.bytes) return false;
  if (schema.width !== undefined) return length % schema.width === 0;
  return length === 0 || (reader.peek(start + length - 1, 1)[0] ?? 0xff) < 0x80;
}

/** A packed list is kept as its single numbers. */
function keepValues(reader: ProtobufReader, message: OnnxMessage, schema: FieldSchema, field: WireField): void {
  if (schema.wire !== wireTypes.varint || field.wire === wireTypes.varint) {
    if (message.hasRoom) message.keep(schema.name, field);
    return;
  }
  const end = field.start + field.length;
  reader.position = field.start;
  while (reader.position < end && message.hasRoom) {
    const offset = reader.position;
    const value = reader.varint(end);
    message.keep(schema.name, { ...field, offset, value, start: reader.position, length: 0 });
  }
  reader.position = end;
}
