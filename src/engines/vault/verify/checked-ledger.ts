/**
 * When which stored file was last read from the first byte to the last: the evidence for "everything is re-read within
 * X days". Kept in the repository itself, sealed like everything else, so that it survives the loss of Kura and several
 * machines add to it. Records are only ever joined (the later time wins), so two verifications need no lock.
 */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { isKuraError, type KuraError, toKuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { idInKey } from '../objects/blob-store.ts';
import { type RecordKind, readRecords, writeRecord } from '../repository/sealed-record.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { StoredItem } from '../storage/storage.ts';

export interface Coverage {
  /** Stored files and bytes that hold contents. */
  readonly items: number;
  readonly bytes: number;
  /** Of these, what was never read since it was written. */
  readonly neverRead: { readonly items: number; readonly bytes: number };
  /** The longest time ago that any of the others was read. */
  readonly oldestReadAt: Instant | undefined;
  /** What was not read within the time that was asked about. */
  readonly due: { readonly items: number; readonly bytes: number } | undefined;
}

export interface CheckedLedger {
  /** Milliseconds since 1970 of the last complete reading. */
  lastRead(item: StoredItem): number | undefined;
  readonly damaged: readonly KuraError[];
  /** Keys of the records it was read from. */
  readonly keys: readonly string[];
}

const checkedSchema = z.object({
  format: z.literal('kura-checked'),
  version: z.literal(1),
  /** Names of objects and packs by the time at which they were read. */
  readings: z.array(z.object({ at: z.iso.datetime(), ids: z.array(z.string().regex(/^[0-9a-f]{64}$/)) })),
});
const checkedRecords: RecordKind<typeof checkedSchema> = { folder: 'checked', schema: checkedSchema };
/** A record stays far below the largest blob. */
const IDS_PER_RECORD = 200_000;

export async function readLedger(context: VaultContext, signal: AbortSignal): Promise<CheckedLedger> {
  const { records, damaged } = await readRecords(context, checkedRecords, signal);
  const times = new Map<string, number>();
  for (const { at, ids } of records.flatMap(({ data }) => data.readings)) {
    const time = Date.parse(at);
    for (const id of ids) times.set(id, Math.max(time, times.get(id) ?? 0));
  }
  return {
    damaged,
    keys: records.map(({ key }) => key),
    lastRead: ({ key }) => times.get(idInKey(key)?.id ?? ''),
  };
}

/** What a reading leaves behind: all that is there, with `read` read at `now`. */
export async function keepLedger(
  context: VaultContext,
  ledger: CheckedLedger,
  { items, read, signal }: { items: readonly StoredItem[]; read: ReadonlySet<string>; signal: AbortSignal },
): Promise<KuraError | undefined> {
  const now = context.clock.now();
  const byTime = Map.groupBy(items, (item) => (read.has(item.key) ? now : ledger.lastRead(item)));
  const readings = [...byTime].flatMap(([time, group]) =>
    time === undefined ? [] : [{ at: instant(new Date(time)), ids: group.flatMap(idOf) }],
  );
  try {
    const written = new Set<string>();
    for (const part of parts(readings)) {
      const document = { format: 'kura-checked', version: 1, readings: part };
      written.add(`checked/${await writeRecord(context, 'checked', document, signal)}`);
    }
    if (context.config.appendOnly === true) return undefined;
    for (const key of ledger.keys) if (!written.has(key)) await context.storage.remove(key, signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    // A medium that cannot be written to can still be verified.
    return isKuraError(error) && error.code === 'vault.object-retained' ? undefined : toKuraError(error);
  }
}

export function coverageOf(
  items: readonly StoredItem[],
  lastRead: (item: StoredItem) => number | undefined,
  dueBefore: number | undefined,
): Coverage {
  const times = items.map(lastRead);
  const oldest = times.reduce<number>((least, time) => Math.min(least, time ?? least), Number.POSITIVE_INFINITY);
  return {
    ...sum(items),
    neverRead: sum(items.filter((_, index) => times[index] === undefined)),
    oldestReadAt: Number.isFinite(oldest) ? instant(new Date(oldest)) : undefined,
    due: dueBefore === undefined ? undefined : sum(items.filter((_, index) => (times[index] ?? 0) < dueBefore)),
  };
}

function sum(items: readonly StoredItem[]): { readonly items: number; readonly bytes: number } {
  return { items: items.length, bytes: items.reduce((total, { size }) => total + size, 0) };
}

function idOf({ key }: StoredItem): readonly BlobId[] {
  const name = idInKey(key);
  return name === undefined ? [] : [name.id];
}

interface Reading {
  readonly at: Instant;
  readonly ids: readonly BlobId[];
}

function parts(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const pieces = readings.flatMap(({ at, ids }) =>
    Array.from({ length: Math.ceil(ids.length / IDS_PER_RECORD) }, (_, index) => ({
      at,
      ids: ids.slice(index * IDS_PER_RECORD, (index + 1) * IDS_PER_RECORD),
    })),
  );
  const result: Reading[][] = [];
  let room = 0;
  for (const piece of pieces) {
    if (piece.ids.length > room) {
      result.push([]);
      room = IDS_PER_RECORD;
    }
    result.at(-1)?.push(piece);
    room -= piece.ids.length;
  }
  return result;
}
