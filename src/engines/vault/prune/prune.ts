/**
 * Removing what no snapshot refers to. New packs are written and made durable before an old one goes, so that a run
 * that dies at any point leaves every snapshot whole; the writer lock keeps backups elsewhere out meanwhile.
 */
import { isKuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import type { BlobSet } from '../objects/blob-set.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { requireRemovable } from '../repository/append-only.ts';
import { createRemover, type Retained } from '../repository/remover.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock, type WriterLock } from '../repository/writer-lock.ts';
import { type PrunePlan, planPrune } from './plan-prune.ts';
import { referencedBlobs } from './referenced-blobs.ts';
import { repackLiving } from './repack-living.ts';

export interface PruneRequest {
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PruneProgress) => void;
}

export interface PruneProgress {
  /** Bytes written again so far, of those that are to be. */
  readonly repackedBytes: number;
  readonly totalRepackedBytes: number;
  /** Stored files removed so far, of those that are to be. */
  readonly removedFiles: number;
  readonly totalFiles: number;
}

export interface PruneResult {
  readonly dryRun: boolean;
  /** Blobs that no snapshot refers to any more. */
  readonly removedObjects: number;
  readonly removedFiles: number;
  readonly freedBytes: number;
  readonly repackedPacks: number;
  readonly repackedBytes: number;
  /** Unused bytes that stay in packs which are mostly used. */
  readonly keptUnusedBytes: number;
  /** Files the storage does not give up before a date. */
  readonly retained: readonly Retained[];
  /** Damaged packs that were left alone: "repair" knows what to do with them. */
  readonly damaged: readonly string[];
  readonly seconds: number;
}

/** @throws KuraError refused `vault.append-only`, mismatch `vault.prune-unsafe`, conflict `vault.locked`. */
export async function prune(context: VaultContext, request: PruneRequest): Promise<PruneResult> {
  const started = context.clock.monotonic();
  const requested = request.signal ?? new AbortController().signal;
  if (request.dryRun === true) {
    const { store, plan } = await findUnused(context, requested);
    return { ...asResult(plan, store), dryRun: true, seconds: since(context, started) };
  }
  requireRemovable(context.config);
  await using lock = await acquireWriterLock(context, 'prune', requested);
  const signal = AbortSignal.any([requested, lock.lost]);
  await context.storage.discardUnfinished(signal);
  const { store, plan } = await findUnused(context, signal);
  const done = await carryOut(context, { store, plan, lock, signal, onProgress: request.onProgress });
  return { ...asResult(plan, store), ...done, dryRun: false, seconds: since(context, started) };
}

interface Work {
  readonly store: BlobStore;
  readonly plan: PrunePlan;
  readonly lock: WriterLock;
  readonly signal: AbortSignal;
  readonly onProgress: PruneRequest['onProgress'];
}

async function findUnused(context: VaultContext, signal: AbortSignal) {
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const referenced = await referencedBlobs(context, store, signal);
  const plan = planPrune(store, referenced);
  return { store, plan: await withoutLastCopies(context, { store, plan, referenced, signal }) };
}

async function carryOut(context: VaultContext, { store, plan, lock, signal, onProgress }: Work) {
  const progress = {
    repackedBytes: 0,
    totalRepackedBytes: plan.repackedBytes,
    removedFiles: 0,
    totalFiles: plan.remove.length + plan.repack.size,
  };
  const { emptied, written, damaged } = await repackLiving(context, plan.repack, {
    signal,
    onPack(bytes) {
      progress.repackedBytes += bytes;
      onProgress?.({ ...progress });
    },
  });
  const sizes = new Map(store.items.map(({ key, size }) => [key, size]));
  const remover = createRemover(context.storage);
  let freed = -progress.repackedBytes;
  for (const key of [...plan.remove, ...emptied]) {
    // A pack is named by what it holds: what an earlier run wrote before it died comes out under the same name.
    if (written.has(key)) continue;
    // A machine that slept must not delete under a writer that came after it.
    if (progress.removedFiles % CONFIRM_EVERY === 0) await lock.confirm();
    if (await remover.remove(key, signal)) freed += sizes.get(key) ?? 0;
    progress.removedFiles += 1;
    onProgress?.({ ...progress });
  }
  await context.storage.sync(signal);
  return {
    removedFiles: progress.removedFiles - remover.retained.length,
    freedBytes: Math.max(0, freed),
    repackedPacks: plan.repack.size - damaged.length,
    repackedBytes: progress.repackedBytes,
    retained: remover.retained,
    damaged: [...damagedPacks(store), ...damaged],
  };
}

const CONFIRM_EVERY = 100;

/**
 * A blob may lie in two places. The place that goes must not be the only sound one: where the other one cannot be
 * opened, everything stays as it is.
 */
async function withoutLastCopies(
  context: VaultContext,
  { store, plan, referenced, signal }: Pick<Work, 'store' | 'plan' | 'signal'> & { referenced: BlobSet },
): Promise<PrunePlan> {
  const going = new Set([...plan.remove, ...plan.repack.keys()]);
  const kept = new Set<string>();
  for (const { id, place } of store.copies) {
    if (!going.has(place.key) || kept.has(place.key) || !referenced.has(id)) continue;
    if (!(await opens(context, { store, id, signal }))) kept.add(place.key);
  }
  if (kept.size === 0) return plan;
  return {
    ...plan,
    remove: plan.remove.filter((key) => !kept.has(key)),
    repack: new Map([...plan.repack].filter(([key]) => !kept.has(key))),
  };
}

async function opens(
  { codec }: VaultContext,
  { store, id, signal }: { store: BlobStore; id: BlobId; signal: AbortSignal },
): Promise<boolean> {
  try {
    codec.open('chunk', id, await store.read(id, signal));
    return true;
  } catch (error) {
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
    return false;
  }
}

function asResult(plan: PrunePlan, store: BlobStore): Omit<PruneResult, 'dryRun' | 'seconds'> {
  return {
    removedObjects: plan.removedBlobs,
    removedFiles: plan.remove.length + plan.repack.size,
    freedBytes: plan.freedBytes,
    repackedPacks: plan.repack.size,
    repackedBytes: plan.repackedBytes,
    keptUnusedBytes: plan.keptUnusedBytes,
    retained: [],
    damaged: damagedPacks(store),
  };
}

function damagedPacks(store: BlobStore): readonly string[] {
  return store.damagedPacks.map((error) => String(error.params['object']));
}

function since(context: VaultContext, started: number): number {
  return (context.clock.monotonic() - started) / 1000;
}
