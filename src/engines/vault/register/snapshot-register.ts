/**
 * Which snapshots there should be: without it nobody could tell a snapshot file that somebody deleted from one that was
 * never made. Whoever adds or forgets snapshots writes a new record under the writer lock; the one with the highest number
 * counts. Where nothing may be removed, a record only names what is new and continues the one before it.
 */
import { z } from 'zod';

import type { KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import { createRemover } from '../repository/remover.ts';
import { type RecordKind, readRecords, writeRecord } from '../repository/sealed-record.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { type Snapshot, snapshotIds, writeSnapshot } from '../snapshot/snapshot.ts';

export interface SnapshotRegister {
  /** Of the newest record; 0 where there is none. */
  readonly number: number;
  readonly snapshots: ReadonlySet<BlobId>;
  /** False when a record is missing that another one continues. */
  readonly whole: boolean;
  readonly damaged: readonly KuraError[];
  readonly keys: readonly string[];
}

const registerSchema = z.object({
  format: z.literal('kura-register'),
  version: z.literal(1),
  number: z.int().positive(),
  snapshots: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  /** Number of the record whose snapshots are meant as well. */
  continues: z.int().positive().optional(),
});
const registerRecords: RecordKind<typeof registerSchema> = { folder: 'register', schema: registerSchema };

type Home = Pick<VaultContext, 'storage' | 'codec' | 'config'>;

export async function readRegister(home: Home, signal?: AbortSignal): Promise<SnapshotRegister> {
  const { records, damaged } = await readRecords(home, registerRecords, signal);
  const byNumber = new Map(records.map(({ data }) => [data.number, data]));
  const number = Math.max(0, ...byNumber.keys());
  const snapshots = new Set<BlobId>();
  let next: number | undefined = number === 0 ? undefined : number;
  let whole = true;
  while (next !== undefined && whole) {
    const record = byNumber.get(next);
    for (const id of record?.snapshots ?? []) snapshots.add(blobId(id));
    whole = record !== undefined;
    // Only backwards: a record that was forged must not send us in a circle.
    next = record?.continues !== undefined && record.continues < next ? record.continues : undefined;
  }
  return { number, snapshots, whole, damaged, keys: records.map(({ key }) => key) };
}

/**
 * Writes down what is there, and what should be: snapshots that an interrupted run left without an entry are taken up,
 * those that are missing stay, and `forgotten` ones go. Only the holder of the writer lock may call it.
 */
export async function updateRegister(
  home: Home,
  signal: AbortSignal,
  forgotten: ReadonlySet<string> = new Set(),
): Promise<void> {
  const before = await readRegister(home, signal);
  const present = await snapshotIds(home.storage, signal);
  const wanted = new Set([...before.snapshots, ...present].filter((id) => !forgotten.has(id)));
  const record = { format: 'kura-register', version: 1, number: before.number + 1 };
  if (home.config.appendOnly === true && before.number > 0) {
    const added = [...wanted].filter((id) => !before.snapshots.has(id));
    await writeRecord(home, 'register', { ...record, snapshots: added, continues: before.number }, signal);
    return;
  }
  await writeRecord(home, 'register', { ...record, snapshots: [...wanted].toSorted() }, signal);
  // What the storage keeps until a date does no harm: its number is lower.
  const remover = createRemover(home.storage);
  for (const key of before.keys) await remover.remove(key, signal);
}

/** The last act of what makes a snapshot: everything it refers to must be durable before. */
export async function addSnapshot(
  context: Home & Pick<VaultContext, 'signer'>,
  snapshot: Omit<Snapshot, 'id' | 'signature' | 'register'>,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { number } = await readRegister(context, signal);
  const written = await writeSnapshot(context, { ...snapshot, register: number }, signal);
  await updateRegister(context, signal);
  return written;
}
