/**
 * Torch's oldest layout, a tar (`torch.serialization._load`, `legacy_load`): `storages` and `tensors` hold pickles with
 * numbers between them, `pickle` the object, which names tensors by their number.
 */
import type { ByteSource } from '../byte-source.ts';
import { storageItemSizes } from '../pickle/allow-list.ts';
import { isNode, type PickleValue } from '../pickle/pickle-value.ts';
import { walkPickles } from '../pickle/scan-pickle.ts';
import type { Scope } from '../scope.ts';

const MOST_RECORDS = 1_000_000;
const MOST_DIMENSIONS = 64;

/** Judges one of the three members; false when these bytes are something else under such a name. */
export async function scanTarRecord(scope: Scope, source: ByteSource): Promise<boolean> {
  const name = (scope.names[0] ?? '').replace(/^\.\//, '');
  if (source.read(0, 1)[0] !== PROTO) return false;
  if (name === 'storages') return scanSeries(scope, source, { lengthOf: storageLength, closing: true });
  if (name === 'tensors') return scanSeries(scope, source, { lengthOf: tensorLength, closing: false });
  if (name !== 'pickle') return false;
  await walkPickles(scope, source, { tensorNumbers: true });
  return true;
}

const PROTO = 0x80;

interface Series {
  /** Bytes of the numbers that follow the pickle of one record. */
  readonly lengthOf: (record: PickleValue | undefined, source: ByteSource, at: number) => number | undefined;
  /** Whether one more pickle, the list of views, ends the member. */
  readonly closing: boolean;
}

/** A pickle that says how many, then so many records. */
async function scanSeries(scope: Scope, source: ByteSource, { lengthOf, closing }: Series): Promise<boolean> {
  const head = await walkPickles(scope, source, { maximum: 1 });
  const [count] = head.results;
  let at = head.end;
  if (typeof count !== 'number' || count < 0 || count > MOST_RECORDS) return broken(scope, at);
  for (let index = 0; index < count; index += 1) {
    if (scope.context.needsBreath()) await scope.context.breathe();
    const record = await walkPickles(scope, source, { start: at, maximum: 1 });
    const length = lengthOf(record.results[0], source, record.end);
    if (record.count === 0 || length === undefined) return broken(scope, at);
    at = record.end + length;
  }
  if (closing) at = (await walkPickles(scope, source, { start: at, maximum: 1 })).end;
  return at === source.size ? true : broken(scope, at);
}

/** What follows is looked at as any other member. */
function broken(scope: Scope, offset: number): false {
  scope.report('torch-legacy-layout', { offset, evidence: scope.names[0] ?? '' });
  return false;
}

/** `(key, location, storage class)`, then the number of elements and the elements. */
function storageLength(record: PickleValue | undefined, source: ByteSource, at: number): number | undefined {
  const type = isNode(record) && record.kind === 'tuple' ? record.items[2] : undefined;
  const itemSize =
    isNode(type) && type.kind === 'import' ? storageItemSizes.get(type.name.split('.').at(-1) ?? '') : undefined;
  const count = source.read(at, 8);
  if (itemSize === undefined || count.length < 8) return undefined;
  const length = 8n + BigInt(itemSize) * count.readBigInt64LE();
  return length >= 8n && length <= BigInt(source.size - at) ? Number(length) : undefined;
}

/** `(key, storage key, tensor class)`, then dimensions, sides, strides and offset, each in eight bytes. */
function tensorLength(record: PickleValue | undefined, source: ByteSource, at: number): number | undefined {
  const dimensions = source.read(at, 4);
  if (!isNode(record) || record.kind !== 'tuple' || dimensions.length < 4) return undefined;
  const count = dimensions.readInt32LE();
  const length = 16 + 16 * count;
  return count >= 0 && count <= MOST_DIMENSIONS && length <= source.size - at ? length : undefined;
}
