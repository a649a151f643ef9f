/**
 * safetensors by its published rules (huggingface/safetensors, README "Format" and `SafeTensors::read_metadata`): header
 * length, header, then tensors that cover the rest without hole or overlap. Only the header is read.
 */
import type { ByteSource } from '../byte-source.ts';
import type { TensorFacts } from '../metadata/tensor-facts.ts';
import type { TensorRecord } from '../metadata/tensor-record.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigText } from '../text/config-rules.ts';
import { JsonFault, JsonNumber, JsonObject, type JsonValue, parseStrictJson } from '../text/strict-json.ts';

const LENGTH_FIELD = 8;

const bitsOf: ReadonlyMap<string, number> = new Map([
  ['BOOL', 8],
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['U8', 8],
  ['I8', 8],
  ['F8_E5M2', 8],
  ['F8_E4M3', 8],
  ['F8_E8M0', 8],
  ['F8_E4M3FNUZ', 8],
  ['F8_E5M2FNUZ', 8],
  ['I16', 16],
  ['U16', 16],
  ['F16', 16],
  ['BF16', 16],
  ['I32', 32],
  ['U32', 32],
  ['F32', 32],
  ['C64', 64],
  ['F64', 64],
  ['I64', 64],
  ['U64', 64],
]);

interface Tensor extends TensorFacts {
  readonly begin: number;
  readonly end: number;
}

/** Length of the header when these bytes can be safetensors at all: it fits, and a JSON object begins. */
export function safetensorsHeaderLength(source: ByteSource): number | undefined {
  const head = source.read(0, LENGTH_FIELD + 1);
  if (head.length < LENGTH_FIELD + 1 || head[LENGTH_FIELD] !== 0x7b) return undefined;
  const length = head.readBigUInt64LE();
  return length >= 2n && length <= BigInt(source.size - LENGTH_FIELD) ? Number(length) : undefined;
}

export async function scanSafetensors(scope: Scope, source: ByteSource): Promise<void> {
  const length = headerLength(scope, source);
  const header = parseHeader(scope, source.read(LENGTH_FIELD, length));
  if (scope.context.needsBreath()) await scope.context.breathe();
  const entries = readMetadata(scope, header.get('__metadata__'));
  const tensors = header.entries
    .filter(([name]) => name !== '__metadata__')
    .map(([name, info]) => readTensor(name, info));
  checkCoverage(tensors, source.size - LENGTH_FIELD - length);
  if (scope.depth === 0) remember(scope.context.record, tensors, entries);
  for (const [key, value] of entries) judgeConfigText(scope, value, `__metadata__.${key}`);
}

function remember(record: TensorRecord, tensors: readonly Tensor[], entries: ReadonlyMap<string, string>): void {
  for (const { name, dtype, elements, shape } of tensors) record.add({ name, dtype, elements, shape });
  for (const [key, value] of entries) record.note(key, value);
}

function headerLength(scope: Scope, source: ByteSource): number {
  const field = source.read(0, LENGTH_FIELD);
  if (field.length < LENGTH_FIELD)
    throw new ScanStop('safetensors-header', { offset: 0, evidence: 'shorter than 8 bytes' });
  const length = field.readBigUInt64LE();
  const limit = scope.context.limits.safetensorsHeader;
  if (length > BigInt(limit) || length < 2n || length > BigInt(source.size - LENGTH_FIELD)) {
    throw new ScanStop('safetensors-header', { offset: 0, evidence: `header length ${length}` });
  }
  return Number(length);
}

function parseHeader(scope: Scope, content: Buffer): JsonObject {
  const text = decodeUtf8(content);
  if (text === undefined) throw new ScanStop('safetensors-header', { offset: LENGTH_FIELD, evidence: 'not UTF-8' });
  if (!text.startsWith('{')) throw new ScanStop('safetensors-header', { offset: LENGTH_FIELD, evidence: 'no object' });
  try {
    const header = parseStrictJson(text, scope.context.limits.textDepth);
    if (!(header instanceof JsonObject)) throw new JsonFault('no object', 0);
    if (header.repeatedKey !== undefined) throw new JsonFault(`repeated key ${header.repeatedKey}`, 0);
    return header;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new ScanStop('safetensors-header', { offset: LENGTH_FIELD + error.position, evidence: error.message });
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined when the bytes are not UTF-8; a byte order mark is kept, because it is not allowed here. */
function decodeUtf8(content: Buffer): string | undefined {
  try {
    return decoder.decode(content);
  } catch {
    return undefined;
  }
}

function readMetadata(scope: Scope, metadata: JsonValue | undefined): Map<string, string> {
  const entries = new Map<string, string>();
  if (metadata === undefined) return entries;
  if (!(metadata instanceof JsonObject)) {
    scope.report('safetensors-metadata', { offset: LENGTH_FIELD, evidence: '__metadata__ is no object' });
    return entries;
  }
  if (metadata.repeatedKey !== undefined) {
    scope.report('safetensors-metadata', { offset: LENGTH_FIELD, evidence: `repeated key ${metadata.repeatedKey}` });
  }
  for (const [key, value] of metadata.entries) {
    if (typeof value === 'string') entries.set(key, value);
    else scope.report('safetensors-metadata', { offset: LENGTH_FIELD, evidence: `${key} is not text` });
  }
  return entries;
}

function readTensor(name: string, info: JsonValue): Tensor {
  if (!(info instanceof JsonObject)) throw badTensor(name, 'no object');
  const unknown = info.entries.find(([key]) => key !== 'dtype' && key !== 'shape' && key !== 'data_offsets');
  if (info.repeatedKey !== undefined || unknown !== undefined) {
    throw badTensor(name, `field ${info.repeatedKey ?? unknown?.[0] ?? ''}`);
  }
  const dtype = info.get('dtype');
  const bits = typeof dtype === 'string' ? bitsOf.get(dtype) : undefined;
  if (typeof dtype !== 'string' || bits === undefined) throw badTensor(name, 'dtype');
  const shape = naturals(info.get('shape'));
  const [begin, end, ...more] = naturals(info.get('data_offsets')) ?? [];
  if (shape === undefined || begin === undefined || end === undefined || more.length > 0)
    throw badTensor(name, 'shape or offsets');
  const elements = shape.reduce((product, side) => product * BigInt(side), 1n);
  if (elements * BigInt(bits) !== BigInt(end - begin) * 8n) {
    throw badTensor(name, `${dtype} [${shape.join(', ')}] in ${end - begin} bytes`);
  }
  return { name, dtype, elements: Number(elements), shape, begin, end };
}

function naturals(value: JsonValue | undefined): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.map((item) => (item instanceof JsonNumber ? item.natural : undefined));
  const exact = numbers.filter((number) => number !== undefined);
  return exact.length === numbers.length ? exact : undefined;
}

function badTensor(name: string, reason: string): ScanStop {
  return new ScanStop('safetensors-tensor', { offset: LENGTH_FIELD, evidence: `${name}: ${reason}` });
}

function checkCoverage(tensors: readonly Tensor[], dataSize: number): void {
  const ordered = tensors.toSorted((left, right) => left.begin - right.begin || left.end - right.end);
  let reached = 0;
  for (const { name, begin, end } of ordered) {
    if (begin !== reached || end < begin) {
      throw new ScanStop('safetensors-coverage', {
        offset: LENGTH_FIELD,
        evidence: `${name}: ${begin} instead of ${reached}`,
      });
    }
    reached = end;
  }
  if (reached !== dataSize) {
    throw new ScanStop('safetensors-coverage', {
      offset: LENGTH_FIELD,
      evidence: `${reached} of ${dataSize} bytes described`,
    });
  }
}
