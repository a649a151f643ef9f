/** Small JSON documents beside the snapshots: holds, what was read when, which snapshots there are. Sealed like every blob, named by their id. */
import type { z } from 'zod';

import { isKuraError, KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import type { VaultContext } from './vault-context.ts';

/** A folder of the repository that holds records of one kind. */
export interface RecordKind<Shape extends z.ZodType> {
  readonly folder: 'holds' | 'checked' | 'register';
  readonly schema: Shape;
}

export interface StoredRecord<Data> {
  readonly id: BlobId;
  readonly key: string;
  readonly data: Data;
}

export interface RecordList<Data> {
  readonly records: readonly StoredRecord<Data>[];
  /** Records that are there but cannot be read; each names its object. */
  readonly damaged: readonly KuraError[];
}

export type RecordHome = Pick<VaultContext, 'storage' | 'codec'>;

export async function writeRecord(
  { storage, codec }: RecordHome,
  folder: RecordKind<z.ZodType>['folder'],
  data: object,
  signal?: AbortSignal,
): Promise<BlobId> {
  const plain = Buffer.from(JSON.stringify(data));
  const id = codec.idOf(plain);
  await storage.write(`${folder}/${id}`, codec.seal('record', id, plain), signal);
  await storage.sync(signal);
  return id;
}

export async function readRecords<Shape extends z.ZodType>(
  home: RecordHome,
  kind: RecordKind<Shape>,
  signal?: AbortSignal,
): Promise<RecordList<z.output<Shape>>> {
  const records: StoredRecord<z.output<Shape>>[] = [];
  const damaged: KuraError[] = [];
  for await (const { key } of home.storage.list(`${kind.folder}/`, signal)) {
    const id = recordIdIn(key);
    if (id === undefined) continue;
    try {
      records.push({ id, key, data: await readRecord(home, kind, { key, id }) });
    } catch (error) {
      if (!isKuraError(error) || error.kind !== 'mismatch') throw error;
      damaged.push(error);
    }
  }
  return { records, damaged };
}

export function recordIdIn(key: string): BlobId | undefined {
  const match = /^(?:holds|checked|register)\/([0-9a-f]{64})$/.exec(key);
  return match?.[1] === undefined ? undefined : blobId(match[1]);
}

const damageCodes = {
  holds: 'vault.hold-damaged',
  checked: 'vault.checks-damaged',
  register: 'vault.register-damaged',
} as const;

async function readRecord<Shape extends z.ZodType>(
  { storage, codec }: RecordHome,
  kind: RecordKind<Shape>,
  { key, id }: { readonly key: string; readonly id: BlobId },
): Promise<z.output<Shape>> {
  const sealed = await storage.read(key);
  try {
    const json: unknown = JSON.parse(Buffer.from(codec.open('record', id, sealed)).toString('utf8'));
    return kind.schema.parse(json);
  } catch (error) {
    throw new KuraError('mismatch', damageCodes[kind.folder], { params: { object: key }, cause: error });
  }
}
