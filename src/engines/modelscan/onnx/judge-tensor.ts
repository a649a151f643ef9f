/** What a TensorProto says, wherever it stands: its size, and where its numbers lie. */

import type { ProtobufReader } from '../protobuf/protobuf-reader.ts';
import type { Scope } from '../scope.ts';
import { elementTypes, TENSOR_TEXT } from './element-types.ts';
import type { ExternalData } from './external-data.ts';
import { textOf } from './read-text.ts';
import type { OnnxMessage } from './walk-messages.ts';

export const keptOfTensor: ReadonlySet<string> = new Set(['dims', 'data_type', 'name', 'raw_data', 'data_location']);

/** Keys of external data whose values are paths. */
export const locationKeys: ReadonlySet<string> = new Set(['location', 'basepath']);

const knownKeys: ReadonlySet<string> = new Set(['location', 'offset', 'length', 'checksum']);
const EXTERNAL = 1;

/** One tensor under judgement; its faults are told, never thrown, because loaders differ in what they check. */
interface TensorCase {
  readonly tensor: OnnxMessage;
  readonly entries: readonly Entry[];
  readonly outside: boolean;
  readonly fault: (reason: string) => void;
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

export function judgeTensor(scope: Scope, reader: ProtobufReader, tensor: OnnxMessage, external: ExternalData): void {
  const entries = readEntries(reader, tensor);
  const outside = entries.length > 0 || tensor.all('data_location').some(({ value }) => value === EXTERNAL);
  function fault(reason: string): void {
    const name = tensor.all('name').at(-1);
    const evidence = `${name === undefined ? 'tensor' : textOf(reader, name)}: ${reason}`;
    scope.report('onnx-broken', { offset: tensor.start, evidence });
  }
  const judged: TensorCase = { tensor, entries, outside, fault };
  const bytes = sizeOf(judged);
  if (outside) judgeExternal(scope, judged, bytes, external);
  checkPlaces(judged);
  checkRawData(judged, bytes);
}

function judgeExternal(scope: Scope, judged: TensorCase, bytes: bigint | undefined, external: ExternalData): void {
  const { tensor, entries, fault } = judged;
  const locations = entries.filter(({ key }) => key === 'location').map(({ value }) => value);
  const offset = numberOf(judged, 'offset');
  const length = numberOf(judged, 'length');
  const range = { offset: offset ?? 0n, length: length ?? bytes ?? 0n, at: tensor.start };
  for (const location of locations) {
    if (location === '' || location.endsWith('/')) fault('external data without a file name');
    else external.check(scope, location, range);
  }
  if (locations.length === 0) fault('external data without a location');
  if (length !== undefined && bytes !== undefined && length !== bytes)
    fault(`${length} bytes outside instead of ${bytes}`);
  for (const { key } of entries) {
    if (!knownKeys.has(key)) scope.report('onnx-external-unchecked', { offset: tensor.start, evidence: `key ${key}` });
  }
  if (entries.length !== new Set(entries.map(({ key }) => key)).size)
    scope.report('onnx-repeated-field', { offset: tensor.start, evidence: 'Tensor.external_data' });
}

/** Each key with each value, so that a repeated field hides neither. */
function readEntries(reader: ProtobufReader, tensor: OnnxMessage): Entry[] {
  return tensor.children.flatMap((entry) => {
    const keys = entry.all('key').map((field) => textOf(reader, field));
    const values = entry.all('value').map((field) => textOf(reader, field));
    return (keys.length === 0 ? [''] : keys).flatMap((key) =>
      (values.length === 0 ? [''] : values).map((value) => ({ key, value })),
    );
  });
}

/** The largest number under a key of external data. */
function numberOf({ entries, fault }: TensorCase, wanted: string): bigint | undefined {
  let largest: bigint | undefined;
  for (const { key, value } of entries) {
    if (key !== wanted) continue;
    if (!/^\d{1,19}$/.test(value)) fault(`${wanted} ${value}`);
    else if (largest === undefined || BigInt(value) > largest) largest = BigInt(value);
  }
  return largest;
}

/** Bytes the numbers take; undefined for text and where type or shape say nothing sound. */
function sizeOf({ tensor, fault }: TensorCase): bigint | undefined {
  const type = tensor.all('data_type').at(-1)?.value ?? 0;
  const bits = elementTypes.get(type)?.bits;
  if (bits === undefined && type !== TENSOR_TEXT && type !== 0) fault(`data type ${type}`);
  let elements = 1n;
  for (const { value } of tensor.all('dims')) {
    if (Number.isSafeInteger(value)) elements *= BigInt(value);
    if (!Number.isSafeInteger(value) || elements > 2n ** 63n) {
      fault('a dimension below zero or far too large');
      return undefined;
    }
  }
  return bits === undefined ? undefined : (elements * BigInt(bits) + 7n) / 8n;
}

function checkPlaces({ tensor, fault }: TensorCase): void {
  if (tensor.seen.has('segment')) fault('only a segment');
  const odd = tensor.all('data_location').find(({ value }) => value > EXTERNAL);
  if (odd !== undefined) fault(`data location ${odd.value}`);
}

function checkRawData({ tensor, outside, fault }: TensorCase, bytes: bigint | undefined): void {
  const isText = tensor.all('data_type').at(-1)?.value === TENSOR_TEXT;
  for (const { length } of tensor.all('raw_data')) {
    if (outside && length > 0) fault('data inside and outside');
    else if (isText) fault('text as raw data');
    else if (!outside && bytes !== undefined && bytes !== BigInt(length)) fault(`${length} bytes instead of ${bytes}`);
  }
}
