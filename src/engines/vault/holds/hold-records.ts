/** Hold records as they lie in the repository; what they mean is in `holds.ts`. */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import type { KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import { type RecordHome, type RecordKind, readRecords, recordIdIn, writeRecord } from '../repository/sealed-record.ts';

export interface Hold {
  readonly id: BlobId;
  readonly snapshot: BlobId;
  readonly reason: string;
  /** `user@host` of who placed it. */
  readonly by: string;
  readonly placedAt: Instant;
}

const FOLDER = 'holds';

const holdSchema = z.object({
  format: z.literal('kura-hold'),
  version: z.literal(1),
  snapshot: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().min(1),
  by: z.string(),
  placedAt: z.iso.datetime(),
});
const holdRecords: RecordKind<typeof holdSchema> = { folder: FOLDER, schema: holdSchema };

export interface HoldList {
  /** Oldest first. */
  readonly holds: readonly Hold[];
  /** Those that are there but cannot be read; each names its object. */
  readonly damaged: readonly KuraError[];
}

export async function readHolds(home: RecordHome, signal?: AbortSignal): Promise<HoldList> {
  const { records, damaged } = await readRecords(home, holdRecords, signal);
  const holds = records.map(({ id, data }) => ({
    id,
    snapshot: blobId(data.snapshot),
    reason: data.reason,
    by: data.by,
    placedAt: instant(new Date(data.placedAt)),
  }));
  return { holds: holds.toSorted((one, other) => (one.placedAt < other.placedAt ? -1 : 1)), damaged };
}

export async function writeHold(home: RecordHome, hold: Omit<Hold, 'id'>, signal: AbortSignal): Promise<BlobId> {
  return await writeRecord(home, FOLDER, { format: 'kura-hold', version: 1, ...hold }, signal);
}

/** Of all that are there, readable or not. */
export async function holdIds({ storage }: Pick<RecordHome, 'storage'>, signal?: AbortSignal): Promise<Set<BlobId>> {
  const ids = new Set<BlobId>();
  for await (const { key } of storage.list(`${FOLDER}/`, signal)) {
    const id = recordIdIn(key);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

export function keyOfHold(id: BlobId): string {
  return `${FOLDER}/${id}`;
}
