/** Forgetting snapshots, by policy or by name. What they referred to stays until it is pruned. */
import { KuraError } from '#kernel/errors';

import { type BlobId, blobId } from '../format/blob.ts';
import type { Hold } from '../holds/hold-records.ts';
import { listHolds } from '../holds/holds.ts';
import { readRegister, updateRegister } from '../register/snapshot-register.ts';
import { requireRemovable } from '../repository/append-only.ts';
import { createRemover, type Retained } from '../repository/remover.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import { listSnapshots, type Snapshot, snapshotIds } from '../snapshot/snapshot.ts';
import { isEmptyPolicy, type KeepPolicy, type KeepReason, planRetention } from './plan-retention.ts';

export interface ForgetRequest {
  /** Either a policy for all snapshots that match the filter … */
  readonly keep?: KeepPolicy;
  readonly host?: string;
  readonly source?: string;
  /** … or snapshots by name: `latest`, or the beginning of an id (also of a damaged or missing one). */
  readonly snapshots?: readonly string[];
  /** IANA time zone in which days, weeks and months begin. Default UTC. */
  readonly timeZone?: string;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

export interface ForgetResult {
  readonly dryRun: boolean;
  readonly kept: readonly { readonly snapshot: Snapshot; readonly reasons: readonly KeepReason[] }[];
  /** Ids of the snapshots that are gone, or with `dryRun` would be. */
  readonly removed: readonly string[];
  readonly holds: readonly Hold[];
  /** What the storage refused to delete before a date. */
  readonly retained: readonly Retained[];
}

/**
 * @throws KuraError refused `vault.append-only` | `vault.snapshot-held`, invalid `vault.policy-empty` |
 * `vault.time-zone-unknown`, mismatch `vault.hold-damaged`, not-found `vault.hold-missing`, conflict `vault.locked`, not-found `vault.snapshot-not-found`.
 */
export async function forget(context: VaultContext, request: ForgetRequest): Promise<ForgetResult> {
  const requested = request.signal ?? new AbortController().signal;
  if (request.dryRun === true) return await planForget(context, request, requested);
  requireRemovable(context.config);
  await using lock = await acquireWriterLock(context, 'forget', requested);
  const signal = AbortSignal.any([requested, lock.lost]);
  const result = await planForget(context, request, signal);
  await lock.confirm();
  // First, so that an interruption leaves snapshots without an entry and never an entry without its snapshot.
  await updateRegister(context, signal, { forgotten: new Set(result.removed) });
  const remover = createRemover(context.storage);
  for (const id of result.removed) await remover.remove(`snapshots/${id}`, signal);
  await context.storage.sync(signal);
  if (remover.retained.length > 0) await updateRegister(context, signal);
  const stayed = new Set(remover.retained.map(({ object }) => object));
  return {
    ...result,
    removed: result.removed.filter((id) => !stayed.has(`snapshots/${id}`)),
    retained: remover.retained,
  };
}

async function planForget(context: VaultContext, request: ForgetRequest, signal: AbortSignal): Promise<ForgetResult> {
  const holds = await listHolds(context, signal);
  const surroundings = { held: await heldSnapshots(context, holds, signal), signal };
  const chosen =
    request.snapshots === undefined
      ? await byPolicy(context, request, surroundings)
      : { kept: [], removed: await byName(context, request.snapshots, surroundings) };
  return { dryRun: request.dryRun ?? false, ...chosen, holds, retained: [] };
}

interface Surroundings {
  readonly held: ReadonlyMap<BlobId, Hold>;
  readonly signal: AbortSignal;
}

/** By snapshot. One that repair had to bring back under another id is what was held. */
async function heldSnapshots(
  context: VaultContext,
  holds: readonly Hold[],
  signal: AbortSignal,
): Promise<ReadonlyMap<BlobId, Hold>> {
  const held = new Map(holds.map((hold) => [hold.snapshot, hold]));
  if (held.size === 0) return held;
  for (const { id, copyOf } of (await listSnapshots(context.storage, context.codec, signal)).snapshots) {
    const hold = copyOf?.repository === context.config.id ? held.get(blobId(copyOf.snapshot)) : undefined;
    if (hold !== undefined) held.set(id, hold);
  }
  return held;
}

async function byPolicy(context: VaultContext, request: ForgetRequest, { held, signal }: Surroundings) {
  const { keep = {}, timeZone = 'UTC' } = request;
  // An empty policy would mean "forget everything": nobody says that by leaving something out.
  if (isEmptyPolicy(keep)) throw new KuraError('invalid', 'vault.policy-empty');
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  const candidates = snapshots.filter(
    ({ host, source }) =>
      (request.host === undefined || request.host === host) &&
      (request.source === undefined || request.source === source),
  );
  const plan = planRetention(candidates, keep, {
    now: context.clock.now(),
    timeZone,
    isHeld: (id) => held.has(blobId(id)),
  });
  return { kept: plan.keep, removed: plan.remove.map(({ id }) => id) };
}

async function byName(
  context: VaultContext,
  references: readonly string[],
  { held, signal }: Surroundings,
): Promise<readonly string[]> {
  const ids = await Promise.all(references.map((reference) => idOf(context, reference, signal)));
  for (const id of ids) {
    const hold = held.get(blobId(id));
    if (hold === undefined) continue;
    const params = { snapshot: id.slice(0, 12), hold: hold.id.slice(0, 12), reason: hold.reason, by: hold.by };
    throw new KuraError('refused', 'vault.snapshot-held', { params });
  }
  return [...new Set(ids)];
}

/** Without reading the snapshot: a damaged one must be forgettable, and one that is missing, too. */
async function idOf(context: VaultContext, reference: string, signal: AbortSignal): Promise<string> {
  if (reference === 'latest') {
    const latest = (await listSnapshots(context.storage, context.codec, signal)).snapshots.at(-1);
    if (latest !== undefined) return latest.id;
  }
  const known = new Set([
    ...(await snapshotIds(context.storage, signal)),
    ...(await readRegister(context, signal)).snapshots,
  ]);
  const matches = [...known].filter((id) => reference.length >= 4 && id.startsWith(reference.toLowerCase()));
  const [only] = matches;
  if (only === undefined) {
    throw new KuraError('not-found', 'vault.snapshot-not-found', { params: { snapshot: reference } });
  }
  if (matches.length === 1) return only;
  throw new KuraError('invalid', 'vault.snapshot-ambiguous', {
    params: { snapshot: reference, matches: matches.length },
  });
}
