/** How urgent a batch is: its priority, and a step more for each hour it has waited, so that nothing starves (M-125). */
import { HOUR } from '#kernel/units';

import { batchPriorities } from '../../../contract/batch-shapes.ts';
import type { BatchRow } from '../../../store/batch-store.ts';

const HIGHEST = batchPriorities.length - 1;

type Waiting = Pick<BatchRow, 'options' | 'boost' | 'status' | 'waitingSince'>;

/** Steps gained by waiting; one that runs keeps those it began with, or it would give way to what it has overtaken. */
export function boostOf({ options, boost, status, waitingSince }: Waiting, now: number): number {
  if (!options.priorityBoost) return 0;
  const waitedMs = waitingSince === null ? 0 : Math.max(0, now - Date.parse(waitingSince));
  const steps = status === 'processing' ? boost : Math.floor(waitedMs / HOUR);
  return Math.min(steps, HIGHEST - batchPriorities.indexOf(options.priority));
}

/** From 0 = low to 3 = urgent. */
export function urgencyOf(batch: Waiting, now: number): number {
  return batchPriorities.indexOf(batch.options.priority) + boostOf(batch, now);
}

/** Equal ones in the order they come. */
export function mostUrgentFirst<Batch extends Waiting>(batches: readonly Batch[], now: number): readonly Batch[] {
  return batches.toSorted((one, other) => urgencyOf(other, now) - urgencyOf(one, now));
}

/** Whether one of those that wait is more urgent than the one that runs. */
export function hasMoreUrgent(
  running: Waiting,
  others: readonly BatchRow[],
  { now, except }: { readonly now: number; readonly except: ReadonlySet<string> },
): boolean {
  const urgency = urgencyOf(running, now);
  return others.some(({ id, ...one }) => one.status === 'pending' && !except.has(id) && urgencyOf(one, now) > urgency);
}
