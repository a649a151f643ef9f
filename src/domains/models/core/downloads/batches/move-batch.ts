/** Every change of a batch's state: with its audit record, its event and its numbers in one transaction. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { BatchStatus } from '../../../contract/batch-shapes.ts';
import { readTally } from '../../../store/batch-item-store.ts';
import { type Batch, type BatchRow, findBatch, findBatchRow, updateBatch } from '../../../store/batch-store.ts';
import type { BatchDeps } from './batch-deps.ts';
import { batchProgressed } from './batch-events.ts';
import { type BatchEvent, hasEnded, nextBatchStatus, statusAtEnd } from './batch-states.ts';

type Reads = Parameters<typeof findBatch>[0];

/** @throws KuraError `models.batch-not-found`. */
export async function requireBatch(reads: Reads, id: string): Promise<Batch> {
  return (await findBatch(reads, id)) ?? notFound(id);
}

/** Without its numbers. @throws KuraError `models.batch-not-found`. */
export async function requireBatchRow(reads: Reads, id: string): Promise<BatchRow> {
  return (await findBatchRow(reads, id)) ?? notFound(id);
}

/**
 * @param patch what changes along with the state; reason and waiting are forgotten unless they stand there
 * @throws KuraError conflict when that cannot happen to a batch in this state.
 */
export async function moveBatch(
  deps: Pick<BatchDeps, 'clock' | 'batchMeasures'>,
  tx: WriteTransaction,
  batch: BatchRow,
  { event, ...patch }: { readonly event: BatchEvent } & Partial<BatchRow>,
): Promise<Batch> {
  const tally = await readTally(tx, batch.id);
  const status: BatchStatus =
    event === 'finish' ? statusAtEnd(batch.status, tally) : nextBatchStatus(batch.status, event);
  const now = nowInstant(deps.clock);
  const { tally: _old, ...row }: BatchRow & { readonly tally?: unknown } = batch;
  const moved: BatchRow = {
    ...row,
    reason: null,
    waitsUntil: null,
    ...patch,
    status,
    waitingSince: status === 'pending' ? (patch.waitsUntil ?? now) : null,
    updatedAt: now,
    endedAt: hasEnded(status) ? now : null,
  };
  await updateBatch(tx, moved);
  await tx.audit({
    action: `models.${event}-batch`,
    subject: { kind: 'batch', id: batch.id, name: batch.name },
    result: 'done',
    before: { status: batch.status },
    after: { status, ...(moved.reason === null ? {} : { reason: moved.reason.code }) },
  });
  tx.publish(batchProgressed, { batchId: batch.id, status, tally });
  tx.onCommit(() => deps.batchMeasures.moved(status));
  return { ...moved, tally };
}

function notFound(id: string): never {
  throw new KuraError('not-found', 'models.batch-not-found', { params: { id } });
}
