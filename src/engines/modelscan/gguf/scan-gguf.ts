/** GGUF versions 2 and 3 (ggml docs/gguf.md): keys, tensor table, and where the tensors lie; all in exact arithmetic. */
import type { ByteSource } from '../byte-source.ts';
import type { TensorFacts } from '../metadata/tensor-facts.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeTemplate } from '../text/chat-template.ts';
import { judgeConfigText } from '../text/config-rules.ts';
import { GgufReader } from './gguf-reader.ts';
import { tensorTypes } from './tensor-types.ts';

const TYPE_STRING = 8;
const TYPE_ARRAY = 9;
const TYPE_BOOL = 7;
const TYPE_UINT32 = 4;
/** Bytes of the fixed-size value types, by type number. */
const fixedSizes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const MAXIMUM_DIMENSIONS = 4;
const MAXIMUM_ARRAY_DEPTH = 4;
const MAXIMUM_NAME = 64 * 1024;
/** The least bytes of a key with its value, and of a tensor's entry. */
const SMALLEST_KEY = 13;
const SMALLEST_TENSOR = 24;

interface TensorPlace extends TensorFacts {
  readonly offset: bigint;
  readonly bytes: bigint;
}

export async function scanGguf(scope: Scope, source: ByteSource): Promise<void> {
  const head = source.read(0, 8);
  if (head.length < 8) throw broken(0, 'no header');
  const little = head.readUInt32LE(4);
  const big = head.readUInt32BE(4);
  if (![2, 3].includes(little) && ![2, 3].includes(big)) throw broken(4, `version ${little}`);
  const reader = new GgufReader(source, 8, ![2, 3].includes(little));
  const { ggufElements } = scope.context.limits;
  const tensorCount = reader.length(SMALLEST_TENSOR, ggufElements);
  const keyCount = reader.length(SMALLEST_KEY, ggufElements);
  const alignment = await readKeys(scope, reader, keyCount);
  const tensors = await readTensors(scope, reader, tensorCount);
  checkPlaces(tensors, { alignment, tablesEnd: reader.position, size: source.size });
}

async function readKeys(scope: Scope, reader: GgufReader, count: number): Promise<number> {
  const keys = new Set<string>();
  let alignment = 32;
  for (let index = 0; index < count; index += 1) {
    if (scope.context.needsBreath()) await scope.context.breathe();
    const offset = reader.position;
    const key = reader.text(MAXIMUM_NAME);
    if (keys.has(key)) throw broken(offset, `key twice: ${key}`);
    keys.add(key);
    const type = reader.uint32();
    if (key === 'general.alignment') alignment = readAlignment(reader, type);
    else if (key === 'general.file_type' && type === TYPE_UINT32) note(scope, key, String(reader.uint32()));
    else if (type === TYPE_STRING) judgeText(scope, key, reader.text(scope.context.limits.ggufBytes));
    else await skipValue(scope, reader, type);
  }
  return alignment;
}

function readAlignment(reader: GgufReader, type: number): number {
  const offset = reader.position;
  const alignment = type === TYPE_UINT32 ? reader.uint32() : 0;
  if (alignment === 0 || alignment % 8 !== 0 || (alignment & (alignment - 1)) !== 0)
    throw broken(offset, `alignment ${alignment}`);
  return alignment;
}

function judgeText(scope: Scope, key: string, text: string): void {
  if (/^tokenizer\.chat_template(?:\.|$)/.test(key)) judgeTemplate(scope, text, key);
  else judgeConfigText(scope, text, key);
  if (key.startsWith('general.')) note(scope, key, text);
}

function note(scope: Scope, key: string, text: string): void {
  if (scope.depth === 0) scope.context.record.note(key, text);
}

async function skipValue(scope: Scope, reader: GgufReader, type: number, depth = 0): Promise<void> {
  const size = fixedSizes.get(type);
  const offset = reader.position;
  if (type === TYPE_BOOL) {
    if (reader.byte() > 1) throw broken(offset, 'boolean');
  } else if (size !== undefined) reader.skip(size);
  else if (type === TYPE_STRING) reader.skip(reader.length(1, scope.context.limits.ggufBytes));
  else if (type === TYPE_ARRAY && depth < MAXIMUM_ARRAY_DEPTH) await skipArray(scope, reader, depth);
  else throw broken(offset, `value type ${type}`);
}

async function skipArray(scope: Scope, reader: GgufReader, depth: number): Promise<void> {
  const type = reader.uint32();
  const size = fixedSizes.get(type);
  const { ggufElements, ggufBytes } = scope.context.limits;
  const offset = reader.position;
  const count = reader.length(size ?? 8, ggufElements);
  if (size !== undefined) {
    if (count * size > ggufBytes)
      throw new ScanStop('gguf-limit', { offset, evidence: `array of ${count * size} bytes` });
    reader.skip(count * size);
    return;
  }
  for (let index = 0; index < count; index += 1) {
    if (index % 4096 === 0 && scope.context.needsBreath()) await scope.context.breathe();
    if (type === TYPE_STRING) reader.skip(reader.length(1, ggufBytes));
    else await skipValue(scope, reader, type, depth + 1);
  }
}

async function readTensors(scope: Scope, reader: GgufReader, count: number): Promise<TensorPlace[]> {
  const names = new Set<string>();
  const tensors: TensorPlace[] = [];
  for (let index = 0; index < count; index += 1) {
    if (index % 4096 === 0 && scope.context.needsBreath()) await scope.context.breathe();
    const offset = reader.position;
    const tensor = readTensor(reader);
    if (names.has(tensor.name)) throw broken(offset, `tensor twice: ${tensor.name}`);
    names.add(tensor.name);
    tensors.push(tensor);
    if (scope.depth === 0) scope.context.record.add(tensor);
  }
  return tensors;
}

function readTensor(reader: GgufReader): TensorPlace {
  const at = reader.position;
  const name = reader.text(MAXIMUM_NAME);
  const dimensions = reader.uint32();
  if (dimensions > MAXIMUM_DIMENSIONS) throw broken(at, `${name}: ${dimensions} dimensions`);
  let elements = 1n;
  let row = 1n;
  const shape: number[] = [];
  for (let axis = 0; axis < dimensions; axis += 1) {
    const side = reader.uint64();
    if (axis === 0) row = side;
    elements *= side;
    // ggml counts sides from the inside.
    shape.unshift(Number(side));
  }
  const type = reader.uint32();
  const facts = tensorTypes.get(type);
  if (facts === undefined) throw broken(at, `${name}: type ${type}`);
  if (elements > 2n ** 63n || row % BigInt(facts.block) !== 0n) throw broken(at, `${name}: ${elements} elements`);
  const bytes = (elements / BigInt(facts.block)) * BigInt(facts.bytes);
  return { name, dtype: facts.name, elements: Number(elements), shape, offset: reader.uint64(), bytes };
}

interface DataArea {
  readonly alignment: number;
  readonly tablesEnd: number;
  readonly size: number;
}

/** Tensors lie one behind the other, each padded to the alignment, as ggml itself demands. */
function checkPlaces(tensors: readonly TensorPlace[], { alignment, tablesEnd, size }: DataArea): void {
  const step = BigInt(alignment);
  const start = padded(BigInt(tablesEnd), step);
  let expected = 0n;
  let end = BigInt(tablesEnd);
  for (const { name, offset, bytes } of tensors.toSorted((left, right) => compare(left.offset, right.offset))) {
    if (offset !== expected) throw broken(tablesEnd, `${name}: offset ${offset} instead of ${expected}`);
    end = start + offset + bytes;
    if (end > BigInt(size)) throw broken(tablesEnd, `${name}: ends at ${end}, file at ${size}`);
    expected = padded(offset + bytes, step);
  }
  if (BigInt(size) > padded(end, step)) throw broken(Number(end), `${BigInt(size) - end} bytes after the last tensor`);
}

function padded(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step) * step;
}

function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function broken(offset: number, evidence: string): ScanStop {
  return new ScanStop('gguf-broken', { offset, evidence });
}
