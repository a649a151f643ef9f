/**
 * Which snapshots and holds there should be: without it nobody could tell a file that somebody deleted from one that was
 * never made. Whoever adds or takes away some writes a new record under the writer lock; the one with the highest number
 * counts. Where nothing may be removed, a record only names what is new and continues the one before it.
 */
import { z } from 'zod';

import type { KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import { holdIds, readHolds } from '../holds/hold-records.ts';
import { createRemover } from '../repository/remover.ts';
import { type RecordKind, readRecords, writeRecord } from '../repository/sealed-record.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { type Snapshot, snapshotIds, writeSnapshot } from '../snapshot/snapshot.ts';

export interface SnapshotRegister {
  /** Of the newest record; 0 where there is none. */
  readonly number: number;
  readonly snapshots: ReadonlySet<BlobId>;
  /** Ids of the holds, and of the snapshots they protect. */
  readonly holds: ReadonlyMap<BlobId, BlobId>;
  /** False when a record is missing that another one continues. */
  readonly whole: boolean;
  readonly damaged: readonly KuraError[];
  readonly keys: readonly string[];
}

const id = z.string().regex(/^[0-9a-f]{64}$/);
const registerSchema = z.object({
  format: z.literal('kura-register'),
  version: z.literal(1),
  number: z.int().positive(),
  snapshots: z.array(id),
  /** Absent in records from before holds were registered. */
  holds: z.array(z.object({ hold: id, snapshot: id })).optional(),
  /** Number of the record whose snapshots and holds are meant as well. */
  continues: z.int().positive().optional(),
});
const registerRecords: RecordKind<typeof registerSchema> = { folder: 'register', schema: registerSchema };

export type RegisterHome = Pick<VaultContext, 'storage' | 'codec' | 'config'>;

export async function readRegister(home: RegisterHome, signal?: AbortSignal): Promise<SnapshotRegister> {
  const { records, damaged } = await readRecords(home, registerRecords, signal);
  const byNumber = new Map(records.map(({ data }) => [data.number, data]));
  const number = Math.max(0, ...byNumber.keys());
  const snapshots = new Set<BlobId>();
  const holds = new Map<BlobId, BlobId>();
  let next: number | undefined = number === 0 ? undefined : number;
  let whole = true;
  while (next !== undefined && whole) {
    const record = byNumber.get(next);
    for (const each of record?.snapshots ?? []) snapshots.add(blobId(each));
    for (const { hold, snapshot } of record?.holds ?? []) holds.set(blobId(hold), blobId(snapshot));
    whole = record !== undefined;
    // Only backwards: a record that was forged must not send us in a circle.
    next = record?.continues !== undefined && record.continues < next ? record.continues : undefined;
  }
  return { number, snapshots, holds, whole, damaged, keys: records.map(({ key }) => key) };
}

export interface RegisterChange {
  /** What was read since the lock was taken; otherwise it is read now. */
  readonly before?: SnapshotRegister;
  /** Ids of snapshots that are to go. */
  readonly forgotten?: ReadonlySet<string>;
  /** Id of a hold that is to go. */
  readonly lifted?: BlobId;
  /** Number some snapshot knows a record by: the register counts as rolled back as long as it has only lower ones. */
  readonly seen?: number;
}

/**
 * Writes down what is there, and what should be: snapshots and holds that an interrupted run left without an entry are
 * taken up, those that are missing stay, and what the change names goes. Writes nothing when that is written already.
 * Only the holder of the writer lock may call it.
 */
export async function updateRegister(
  home: RegisterHome,
  signal: AbortSignal,
  change: RegisterChange = {},
): Promise<void> {
  const before = change.before ?? (await readRegister(home, signal));
  const { forgotten, lifted, seen = 0 } = change;
  const present = await snapshotIds(home.storage, signal);
  const snapshots = [...new Set([...before.snapshots, ...present])].filter((each) => forgotten?.has(each) !== true);
  const holds = [...(await holdsIn(home, before, signal))].filter(([hold]) => hold !== lifted);
  const number = Math.max(before.number, seen) + 1;
  const isSound = before.number > 0 && before.number >= seen && before.whole;
  const isSame =
    isSameSet(before.snapshots, snapshots) &&
    isSameSet(
      before.holds,
      holds.map(([hold]) => hold),
    );
  if (isSound && isSame) return;
  if (home.config.appendOnly === true && before.number > 0) {
    const added = snapshots.filter((each) => !before.snapshots.has(each));
    const addedHolds = holds.filter(([hold]) => !before.holds.has(hold));
    await writeRegister(home, { number, snapshots: added, holds: addedHolds, continues: before.number }, signal);
    return;
  }
  await writeRegister(home, { number, snapshots: snapshots.toSorted(), holds }, signal);
  // What the storage keeps until a date does no harm: its number is lower.
  const remover = createRemover(home.storage);
  for (const key of before.keys) await remover.remove(key, signal);
}

interface NewRecord {
  readonly number: number;
  readonly snapshots: readonly BlobId[];
  readonly holds: readonly (readonly [hold: BlobId, snapshot: BlobId])[];
  readonly continues?: number;
}

async function writeRegister(home: RegisterHome, { holds, ...facts }: NewRecord, signal: AbortSignal): Promise<void> {
  const named = holds.map(([hold, snapshot]) => ({ hold, snapshot }));
  await writeRecord(home, 'register', { format: 'kura-register', version: 1, ...facts, holds: named }, signal);
}

/** A damaged hold that is not registered stays out: nobody knows what it protects, and verification names it. */
async function holdsIn(
  home: RegisterHome,
  before: SnapshotRegister,
  signal: AbortSignal,
): Promise<ReadonlyMap<BlobId, BlobId>> {
  const present = await holdIds(home, signal);
  if ([...present].every((each) => before.holds.has(each))) return before.holds;
  const { holds } = await readHolds(home, signal);
  return new Map([...before.holds, ...holds.map((hold) => [hold.id, hold.snapshot] as const)]);
}

function isSameSet(before: { readonly size: number; has(each: BlobId): boolean }, now: readonly BlobId[]): boolean {
  return before.size === now.length && now.every((each) => before.has(each));
}

/** The highest number by which snapshots know a record: a register that ends below it has lost its end. */
export function newestRegister(snapshots: readonly Snapshot[]): number {
  return Math.max(0, ...snapshots.map(({ register = 0 }) => register));
}

/** The last act of what makes a snapshot: everything it refers to must be durable before. */
export async function addSnapshot(
  context: RegisterHome & Pick<VaultContext, 'signer'>,
  snapshot: Omit<Snapshot, 'id' | 'signature' | 'register'>,
  signal: AbortSignal,
): Promise<Snapshot> {
  const before = await readRegister(context, signal);
  const written = await writeSnapshot(context, { ...snapshot, register: before.number }, signal);
  await updateRegister(context, signal, { before });
  return written;
}
