/**
 * Pausing, going on, cancelling, as people ask for it from any process: whoever runs the batch reads its state twice a
 * second and obeys (M-124).
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { lockOwner } from '#platform/files';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { BatchChange, BatchOptions } from '../../../contract/batch-shapes.ts';
import { moveBatchItems, readTally } from '../../../store/batch-item-store.ts';
import { type Batch, type BatchRow, updateBatch } from '../../../store/batch-store.ts';
import type { BatchDeps } from './batch-deps.ts';
import { runBatchJob } from './batch-job.ts';
import { hasEnded, itemStatusesFor, nextBatchStatus } from './batch-states.ts';
import { moveBatch, requireBatchRow } from './move-batch.ts';

export const unused = { files: 0, bytes: 0, ms: 0 } as const;

export function lockNameOf(id: string): string {
  return `batch-${id}`;
}

/** @throws KuraError `models.batch-not-found`, `models.batch-ended`. */
export async function pauseBatch(deps: BatchDeps, id: string, actor: Actor): Promise<Batch> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const batch = await requireBatchRow(tx, id);
    return moveBatch(deps, tx, batch, {
      event: 'pause',
      reason: { code: 'models.batch-paused-by', params: { name: actor.name } },
    });
  });
}

/**
 * The server goes on with it, with fresh caps. So it does with one whose process was killed, or that was left waiting.
 * @throws KuraError `models.batch-not-found`, `models.batch-not-paused`.
 */
export async function resumeBatch(deps: BatchDeps, id: string, actor: Actor): Promise<Batch> {
  const isHeld = await isRunHere(deps, id);
  return deps.unitOfWork.write(actor, async (tx) => {
    const batch = await requireBatchRow(tx, id);
    const queued = await moveBatch(deps, tx, batch, {
      event: wasLeft(batch, isHeld) ? 'yield' : 'resume',
      used: unused,
      byServer: true,
    });
    await tx.enqueue(runBatchJob, {});
    return queued;
  });
}

/** Whether whoever ran it on this machine is gone without having said so: killed, crashed, without power. */
export async function isBatchLeft(
  deps: Pick<BatchDeps, 'folders' | 'clock'>,
  batch: Pick<BatchRow, 'id' | 'status' | 'byServer'>,
): Promise<boolean> {
  return wasLeft(batch, await isRunHere(deps, batch.id));
}

async function isRunHere({ folders, clock }: Pick<BatchDeps, 'folders' | 'clock'>, id: string): Promise<boolean> {
  return (await lockOwner(folders.run, lockNameOf(id), clock)) !== undefined;
}

function wasLeft({ status, byServer }: Pick<BatchRow, 'status' | 'byServer'>, isHeld: boolean): boolean {
  return !isHeld && (status === 'processing' || (status === 'pending' && !byServer));
}

/** @throws KuraError `models.batch-not-found`, `models.batch-ended`. */
export async function cancelBatch(deps: BatchDeps, id: string, actor: Actor): Promise<Batch> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const batch = await requireBatchRow(tx, id);
    nextBatchStatus(batch.status, 'cancel');
    await moveBatchItems(tx, id, itemStatusesFor('cancel'), 'cancelled');
    return moveBatch(deps, tx, batch, { event: 'cancel' });
  });
}

/** @throws KuraError `models.batch-not-found`, `models.batch-not-ended`, `models.nothing-to-retry`. */
export async function retryBatch(deps: BatchDeps, id: string, actor: Actor): Promise<Batch> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const batch = await requireBatchRow(tx, id);
    nextBatchStatus(batch.status, 'retry');
    const again = await moveBatchItems(tx, id, itemStatusesFor('retry'), 'pending');
    if (again === 0) throw new KuraError('conflict', 'models.nothing-to-retry', { params: { name: batch.name } });
    const queued = await moveBatch(deps, tx, batch, { event: 'retry', used: unused, byServer: true });
    await tx.enqueue(runBatchJob, {});
    return queued;
  });
}

/** @throws KuraError `models.batch-not-found`, `models.batch-ended`. */
export async function changeBatch(deps: BatchDeps, id: string, change: BatchChange, actor: Actor): Promise<Batch> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const batch = await requireBatchRow(tx, id);
    if (hasEnded(batch.status)) {
      throw new KuraError('conflict', 'models.batch-ended', { params: { status: batch.status } });
    }
    const changed: BatchRow = {
      ...batch,
      name: change.name ?? batch.name,
      options: changedOptions(batch.options, change),
      // Its window may be another now: whoever runs it looks again.
      ...(change.windows === undefined ? {} : { waitsUntil: null }),
      updatedAt: nowInstant(deps.clock),
    };
    await updateBatch(tx, changed);
    await auditChange(tx, batch, change);
    if (batch.byServer && batch.status === 'pending') await tx.enqueue(runBatchJob, {});
    return { ...changed, tally: await readTally(tx, id) };
  });
}

function changedOptions(options: BatchOptions, change: BatchChange): BatchOptions {
  return {
    ...options,
    priority: change.priority ?? options.priority,
    strategy: change.strategy ?? options.strategy,
    mode: change.mode ?? options.mode,
    parallel: change.parallel ?? options.parallel,
    windows: change.windows ?? options.windows,
    caps: change.caps ?? options.caps,
  };
}

async function auditChange(tx: WriteTransaction, { id, name }: BatchRow, change: BatchChange): Promise<void> {
  await tx.audit({
    action: 'models.change-batch',
    subject: { kind: 'batch', id, name },
    result: 'done',
    after: { ...change },
  });
}
