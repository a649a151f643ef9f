/** Who runs batches: the server by turns, or the command somebody typed. */
import { setTimeout as sleep } from 'node:timers/promises';

import { nowInstant } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { JobContext } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import type { BatchProgressView } from '../../../contract/batch-shapes.ts';
import { type Batch, nextWaitEnd, runnableBatches } from '../../../store/batch-store.ts';
import { systemActor } from '../../actor.ts';
import type { RunOptions } from '../download-deps.ts';
import type { BatchDeps } from './batch-deps.ts';
import { runBatchJob } from './batch-job.ts';
import type { BatchRunObserver } from './batch-observer.ts';
import { hasEnded } from './batch-states.ts';
import { mostUrgentFirst } from './batch-urgency.ts';
import { moveBatch, requireBatch } from './move-batch.ts';
import { runBatch } from './run-batch.ts';

/**
 * The job: runs every batch whose turn it is. One that another process runs is left to it; those that wait for their
 * time wake the server again.
 */
export async function runBatchesJob(
  deps: BatchDeps,
  { signal, report }: Pick<JobContext<unknown>, 'signal' | 'report'>,
): Promise<void> {
  const observer = serverObserver(deps, report);
  const others = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const waiting = await runnableBatches(deps.database, nowInstant(deps.clock));
    const next = mostUrgentFirst(waiting, deps.clock.now()).find(({ id }) => !others.has(id));
    if (next === undefined) break;
    try {
      await runBatch(deps, next.id, { signal, observer, asServer: { others }, actor: systemActor });
    } catch (error) {
      if (!isKuraError(error) || error.kind !== 'conflict') throw error;
      others.add(next.id);
    }
  }
  await wakeInTime(deps);
}

/** Called when a server starts: batches of one that was killed go on. */
export async function wakeForBatches(deps: BatchDeps, actor: Actor): Promise<void> {
  const waiting = await runnableBatches(deps.database, nowInstant(deps.clock));
  if (waiting.length > 0) await deps.unitOfWork.write(actor, async (tx) => tx.enqueue(runBatchJob, {}));
  await wakeInTime(deps);
}

async function wakeInTime(deps: BatchDeps): Promise<void> {
  const at = await nextWaitEnd(deps.database);
  if (at === null) return;
  // A little later: called too early it would find nothing, and this call is the only one.
  const delayMs = Math.max(0, Date.parse(at) - deps.clock.now()) + SECOND;
  await deps.unitOfWork.write(systemActor, async (tx) =>
    tx.enqueue(runBatchJob, {}, { delayMs, idempotencyKey: `batches-at-${at}` }),
  );
}

function serverObserver(deps: BatchDeps, report: (progress: unknown) => void): BatchRunObserver {
  return {
    onProgress(progress: BatchProgressView) {
      report({ batchId: progress.id, done: progress.tally.done, files: progress.tally.files });
      deps.progress.batchProgressed?.(progress);
    },
    onItem: () => undefined,
    onFile: () => undefined,
    onWait: () => undefined,
    sink: deps.progress,
  };
}

export interface HereObserver extends BatchRunObserver {
  /** It waits: for its window, or for the site. */
  readonly onBatch: (batch: Batch) => void;
}

/** Runs it in this process to its end, through its waits. */
export async function runBatchHere(
  deps: BatchDeps,
  id: string,
  observer: HereObserver,
  { signal, actor }: Pick<RunOptions, 'signal' | 'actor'>,
): Promise<Batch> {
  for (;;) {
    const batch = await runBatch(deps, id, { signal, observer, asServer: undefined, actor });
    if (batch.status !== 'pending' || batch.waitsUntil === null) return batch;
    observer.onBatch(batch);
    const waited = await waitThrough(deps, batch, signal);
    if (waited.status !== 'pending') return waited;
  }
}

/** Until its time has come, or somebody says otherwise. */
async function waitThrough(deps: BatchDeps, batch: Batch, signal: AbortSignal): Promise<Batch> {
  for (;;) {
    const found = await requireBatch(deps.database, batch.id);
    const isTime = found.waitsUntil === null || Date.parse(found.waitsUntil) <= deps.clock.now();
    if (found.status !== 'pending' || isTime) return found;
    if (signal.aborted) return interrupt(deps, batch.id);
    await sleep(SECOND, undefined, { signal }).catch(() => undefined);
  }
}

async function interrupt(deps: BatchDeps, id: string): Promise<Batch> {
  return deps.unitOfWork.write(systemActor, async (tx) => {
    const found = await requireBatch(tx, id);
    if (hasEnded(found.status)) return found;
    return moveBatch(deps, tx, found, {
      event: 'pause',
      reason: { code: 'models.batch-interrupted', params: {} },
    });
  });
}
