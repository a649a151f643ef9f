/**
 * Copying snapshots into another repository with keys, storage and packs of its own. Every chunk is authenticated when
 * it is read and gets its id in the target when it is written; each content's SHA-256 is compared on the way. A snapshot
 * is written last, so an interrupted copy goes on where it stopped, and one that is there already is left out.
 */
import { isKuraError, KuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { updateRegister } from '../register/snapshot-register.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import { listSnapshots, resolveSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { type Copying, copyOne, learnChunks, startCopying, twinOf } from './copy-run.ts';

export interface CopyRequest {
  /** `latest`, ids or beginnings of ids; all when absent. */
  readonly snapshots?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CopyProgress) => void;
}

export interface CopyProgress {
  readonly snapshots: number;
  readonly totalSnapshots: number;
  readonly files: number;
  /** Bytes read from the repository that is copied. */
  readonly readBytes: number;
  /** Bytes newly stored in the target. */
  readonly newBytes: number;
}

export interface CopyResult {
  /** Ids in the one and in the other repository. */
  readonly copied: readonly { readonly snapshot: BlobId; readonly copy: BlobId }[];
  /** Snapshots the target had before. */
  readonly present: readonly BlobId[];
  /** Snapshots that could not be copied because they are damaged here. */
  readonly failed: readonly { readonly snapshot: BlobId; readonly error: KuraError }[];
  readonly newObjects: number;
  readonly newBytes: number;
  readonly readBytes: number;
  readonly seconds: number;
}

/** @throws KuraError invalid `vault.copy-to-itself`, conflict `vault.locked` (the target), and those of either storage. */
export async function copySnapshots(from: VaultContext, to: VaultContext, request: CopyRequest): Promise<CopyResult> {
  const started = to.clock.monotonic();
  const requested = request.signal ?? new AbortController().signal;
  if (from.config.id === to.config.id) {
    throw new KuraError('invalid', 'vault.copy-to-itself', { params: { location: to.storage.location } });
  }
  await using lock = await acquireWriterLock(to, 'copy', requested);
  const signal = AbortSignal.any([requested, lock.lost]);
  await to.storage.discardUnfinished(signal);
  const wanted = await chosenSnapshots(from, request.snapshots, signal);
  const done: Done = { copied: [], present: [], failed: [] };
  const run = await startCopying({ from, to, signal, lock }, ({ files, readBytes, target }) => {
    const snapshots = done.copied.length + done.present.length;
    const newBytes = target.added.bytes;
    request.onProgress?.({ snapshots, totalSnapshots: wanted.length, files, readBytes, newBytes });
  });
  await copyAll(run, wanted, done);
  // Also when nothing was copied: an interrupted run may have left snapshots without an entry.
  await updateRegister(to, signal, { before: run.register });
  const { blobs: newObjects, bytes: newBytes } = run.target.added;
  const seconds = (to.clock.monotonic() - started) / 1000;
  return { ...done, newObjects, newBytes, readBytes: run.readBytes, seconds };
}

interface Done {
  readonly copied: { snapshot: BlobId; copy: BlobId }[];
  readonly present: BlobId[];
  readonly failed: { snapshot: BlobId; error: KuraError }[];
}

async function copyAll(run: Copying, wanted: readonly Snapshot[], done: Done): Promise<void> {
  const there = (await listSnapshots(run.to.storage, run.to.codec, run.signal)).snapshots;
  const twins = new Map(wanted.map((snapshot) => [snapshot.id, twinOf(run, snapshot, there)]));
  const newestPresent = wanted.findLast(({ id }) => twins.get(id) !== undefined);
  for (const snapshot of wanted) {
    const twin = twins.get(snapshot.id);
    if (twin === undefined) await copyUnlessDamaged(run, snapshot, done);
    else done.present.push(snapshot.id);
    // What an earlier run copied need not be read again.
    if (twin !== undefined && snapshot === newestPresent) await learnChunks(run, snapshot, twin);
    run.onProgress();
  }
}

async function copyUnlessDamaged(run: Copying, snapshot: Snapshot, done: Done): Promise<void> {
  try {
    done.copied.push({ snapshot: snapshot.id, copy: (await copyOne(run, snapshot)).id });
  } catch (error) {
    run.signal.throwIfAborted();
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
    done.failed.push({ snapshot: snapshot.id, error });
  }
}

async function chosenSnapshots(
  from: VaultContext,
  references: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly Snapshot[]> {
  if (references === undefined) return (await listSnapshots(from.storage, from.codec, signal)).snapshots;
  const chosen = new Map<BlobId, Snapshot>();
  for (const reference of references) {
    const snapshot = await resolveSnapshot(from.storage, from.codec, reference, signal);
    chosen.set(snapshot.id, snapshot);
  }
  return [...chosen.values()].toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}
