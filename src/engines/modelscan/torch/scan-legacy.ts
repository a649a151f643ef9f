/**
 * Torch's layout before 1.6 (`torch.serialization._legacy_save`): magic number, protocol version, machine facts, the
 * object, the storage keys, each a pickle; then for every key its element count and its numbers. Nothing more.
 */
import type { ByteSource } from '../byte-source.ts';
import { PickleTensors } from '../metadata/pickle-tensors.ts';
import { isNode, type PickleValue, type StorageReference } from '../pickle/pickle-value.ts';
import { type PickleWalk, walkPickles } from '../pickle/scan-pickle.ts';
import type { Scope } from '../scope.ts';
import { checkViews, storageBytes, storagesByKey } from './tensor-fit.ts';

const MAGIC_PICKLE = Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex');
const PICKLES = 5;
const PROTOCOL_VERSION = 1001;

/** The same number as protocol 1 writes it. */
const MAGIC_TEXT = Buffer.from('L119547037146038801333356L\n.');
const PROTO = 0x80;
const FRAME = 0x95;

/** Whether the first pickle is the magic number, literally, at any protocol; from 4 on it may lie in a frame. */
export function isLegacyTorch(source: ByteSource): boolean {
  const head = source.read(0, 2 + 9 + MAGIC_TEXT.length);
  const body = head[0] === PROTO ? head.subarray(2) : head;
  const number = head[0] === PROTO && body[0] === FRAME ? body.subarray(9) : body;
  return [MAGIC_PICKLE, MAGIC_TEXT].some((magic) => number.subarray(0, magic.length).equals(magic));
}

export async function scanLegacyTorch(scope: Scope, source: ByteSource): Promise<void> {
  const tensors = scope.depth === 0 ? new PickleTensors() : undefined;
  const walk = await walkPickles(scope, source, {
    maximum: PICKLES,
    torchStorages: true,
    torchContainers: true,
    tensors,
  });
  tensors?.writeTo(scope.context.record);
  checkViews(scope, walk.views);
  if (walk.count < PICKLES) {
    scope.report('torch-legacy-layout', { offset: walk.end, evidence: `${walk.count} of ${PICKLES} pickles` });
    return;
  }
  const keys = keysOf(walk);
  if (keys === undefined || walk.results[1] !== PROTOCOL_VERSION) {
    scope.report('torch-legacy-layout', { offset: walk.end, evidence: keys === undefined ? 'keys' : 'version' });
    return;
  }
  checkStorages(scope, source, { end: walk.end, keys, storages: storagesByKey(scope, walk.storages) });
}

function keysOf(walk: PickleWalk): readonly string[] | undefined {
  const list: PickleValue | undefined = walk.results[PICKLES - 1];
  if (!isNode(list) || list.kind !== 'list') return undefined;
  const keys = list.items.filter((key) => typeof key === 'string');
  return keys.length === list.length && new Set(keys).size === keys.length ? keys : undefined;
}

interface StorageArea {
  readonly end: number;
  readonly keys: readonly string[];
  readonly storages: ReadonlyMap<string, StorageReference>;
}

function checkStorages(scope: Scope, source: ByteSource, { end, keys, storages }: StorageArea): void {
  let at = end;
  for (const key of keys) {
    const storage = storages.get(key);
    const count = source.read(at, 8);
    if (storage === undefined || count.length < 8 || count.readBigInt64LE() !== BigInt(storage.elements)) {
      scope.report('torch-legacy-layout', { offset: at, evidence: `storage ${key}` });
      return;
    }
    at += 8 + storageBytes(storage);
  }
  if (storages.size !== keys.length) scope.report('torch-legacy-layout', { offset: end, evidence: 'storage keys' });
  if (at !== source.size)
    scope.report('torch-legacy-layout', { offset: at, evidence: `ends at ${at}, file at ${source.size}` });
}
