/** Legal holds: marks that keep a snapshot from being forgotten until somebody lifts them, with who and why. */
import { userInfo } from 'node:os';
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import { requireRemovable } from '../repository/append-only.ts';
import { type RecordKind, readRecords, writeRecord } from '../repository/sealed-record.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import { resolveSnapshot } from '../snapshot/snapshot.ts';

export interface Hold {
  readonly id: BlobId;
  readonly snapshot: BlobId;
  readonly reason: string;
  /** `user@host` of who placed it. */
  readonly by: string;
  readonly placedAt: Instant;
}

export interface PlaceHold {
  readonly snapshot: string;
  readonly reason: string;
  readonly signal?: AbortSignal;
}

const holdSchema = z.object({
  format: z.literal('kura-hold'),
  version: z.literal(1),
  snapshot: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().min(1),
  by: z.string(),
  placedAt: z.iso.datetime(),
});
const holdRecords: RecordKind<typeof holdSchema> = { folder: 'holds', schema: holdSchema };

/** Under the writer lock: a run that is forgetting must not miss it. @throws KuraError as `resolveSnapshot`, `vault.locked`. */
export async function placeHold(context: VaultContext, request: PlaceHold): Promise<Hold> {
  const signal = request.signal ?? new AbortController().signal;
  await using _lock = await acquireWriterLock(context, 'hold', signal);
  const { id: snapshot } = await resolveSnapshot(context.storage, context.codec, request.snapshot, signal);
  const hold = {
    snapshot,
    reason: request.reason,
    by: `${userInfo().username}@${context.host}`,
    placedAt: nowInstant(context.clock),
  };
  const id = await writeRecord(context, 'holds', { format: 'kura-hold', version: 1, ...hold }, signal);
  return { id, ...hold };
}

/** @throws KuraError refused `vault.append-only`, not-found `vault.hold-not-found`. */
export async function liftHold(context: VaultContext, reference: string, requested?: AbortSignal): Promise<Hold> {
  const signal = requested ?? new AbortController().signal;
  requireRemovable(context.config);
  await using _lock = await acquireWriterLock(context, 'hold', signal);
  const matches = (await listHolds(context, signal)).filter(
    ({ id }) => reference.length >= 4 && id.startsWith(reference.toLowerCase()),
  );
  const [hold] = matches;
  if (hold === undefined || matches.length > 1) {
    throw new KuraError('not-found', 'vault.hold-not-found', { params: { hold: reference } });
  }
  await context.storage.remove(`holds/${hold.id}`, signal);
  await context.storage.sync(signal);
  return hold;
}

/** Oldest first. @throws KuraError mismatch `vault.hold-damaged`: an unreadable hold may protect anything. */
export async function listHolds(context: VaultContext, signal?: AbortSignal): Promise<readonly Hold[]> {
  const { records, damaged } = await readRecords(context, holdRecords, signal);
  const [unreadable] = damaged;
  if (unreadable !== undefined) throw unreadable;
  return records
    .map(({ id, data }) => ({
      id,
      snapshot: blobId(data.snapshot),
      reason: data.reason,
      by: data.by,
      placedAt: instant(new Date(data.placedAt)),
    }))
    .toSorted((one, other) => (one.placedAt < other.placedAt ? -1 : 1));
}

export async function damagedHolds(context: VaultContext, signal: AbortSignal): Promise<readonly KuraError[]> {
  return (await readRecords(context, holdRecords, signal)).damaged;
}
