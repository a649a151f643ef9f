/** Legal holds: marks that keep a snapshot from being forgotten until somebody lifts them, with who and why. */
import { userInfo } from 'node:os';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { type MissingHold, missingHolds } from '../register/missing-holds.ts';
import { updateRegister } from '../register/snapshot-register.ts';
import { requireRemovable } from '../repository/append-only.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import { resolveSnapshot } from '../snapshot/snapshot.ts';
import { type Hold, keyOfHold, readHolds, writeHold } from './hold-records.ts';

export interface PlaceHold {
  readonly snapshot: string;
  readonly reason: string;
  readonly signal?: AbortSignal;
}

/** What was lifted; of a hold whose file was gone nobody knows more than what it protected. */
export type LiftedHold = MissingHold | Hold;

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
  const id = await writeHold(context, hold, signal);
  await updateRegister(context, signal);
  return { id, ...hold };
}

/**
 * Also one whose file is gone: that accepts the loss.
 * @throws KuraError refused `vault.append-only`, not-found `vault.hold-not-found`.
 */
export async function liftHold(context: VaultContext, reference: string, requested?: AbortSignal): Promise<LiftedHold> {
  const signal = requested ?? new AbortController().signal;
  requireRemovable(context.config);
  await using _lock = await acquireWriterLock(context, 'hold', signal);
  const known = [...(await readHolds(context, signal)).holds, ...(await missingHolds(context, signal))];
  const matches = known.filter(({ id }) => reference.length >= 4 && id.startsWith(reference.toLowerCase()));
  const [hold] = matches;
  if (hold === undefined || matches.length > 1) {
    throw new KuraError('not-found', 'vault.hold-not-found', { params: { hold: reference } });
  }
  // First, so that an interruption leaves a hold without an entry and never an entry without its hold.
  await updateRegister(context, signal, { lifted: hold.id });
  await context.storage.remove(keyOfHold(hold.id), signal);
  await context.storage.sync(signal);
  return hold;
}

/**
 * Oldest first.
 * @throws KuraError mismatch `vault.hold-damaged`: an unreadable hold may protect anything; not-found `vault.hold-missing`.
 */
export async function listHolds(context: VaultContext, signal?: AbortSignal): Promise<readonly Hold[]> {
  const { holds, damaged } = await readHolds(context, signal);
  const [unreadable] = damaged;
  if (unreadable !== undefined) throw unreadable;
  const [missing] = await missingHolds(context, signal);
  if (missing !== undefined) throw holdMissing(missing);
  return holds;
}

export function holdMissing({ id, snapshot }: MissingHold): KuraError {
  const params = { object: keyOfHold(id), hold: id.slice(0, 12), snapshot: snapshot.slice(0, 12) };
  return new KuraError('not-found', 'vault.hold-missing', { params });
}
