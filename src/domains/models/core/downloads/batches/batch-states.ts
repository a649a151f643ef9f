/** What can happen to batches and their files, and what becomes of them then (M-123). */
import { KuraError } from '#kernel/errors';

import type { BatchItemStatus, BatchStatus, BatchTally } from '../../../contract/batch-shapes.ts';

/**
 * `start`: somebody runs it, also in place of a process that was killed; `yield`: whoever ran it, or was to,
 * does so no longer; `wait`: its window is closed, or the site is away; `cap`: it has used what one run may; `fault`: something
 * that would fail every file; `finish`: nothing is left to do.
 */
export const batchEvents = [
  'start',
  'yield',
  'wait',
  'pause',
  'cap',
  'fault',
  'resume',
  'finish',
  'cancel',
  'retry',
] as const;
export type BatchEvent = (typeof batchEvents)[number];

type Ways = Readonly<Partial<Record<BatchEvent, BatchStatus>>>;

const ended: Ways = { retry: 'pending' };

/** `finish` is not here: where it leads is counted, by `statusAtEnd`. */
const ways: Readonly<Record<BatchStatus, Ways>> = {
  pending: { start: 'processing', yield: 'pending', wait: 'pending', pause: 'paused', cancel: 'cancelled' },
  processing: {
    start: 'processing',
    yield: 'pending',
    wait: 'pending',
    pause: 'paused',
    cap: 'paused',
    fault: 'paused',
    cancel: 'cancelled',
  },
  paused: { pause: 'paused', resume: 'pending', cancel: 'cancelled' },
  completed: ended,
  completed_with_errors: ended,
  failed: ended,
  cancelled: ended,
};

const endedStatuses: ReadonlySet<BatchStatus> = new Set(['completed', 'completed_with_errors', 'failed', 'cancelled']);

export function hasEnded(status: BatchStatus): boolean {
  return endedStatuses.has(status);
}

/** @throws KuraError conflict `models.batch-ended`, `models.batch-not-paused`, `models.batch-not-ended`. */
export function nextBatchStatus(status: BatchStatus, event: Exclude<BatchEvent, 'finish'>): BatchStatus {
  const next = ways[status][event];
  if (next !== undefined) return next;
  throw new KuraError('conflict', refusalOf(status, event), { params: { status } });
}

function refusalOf(status: BatchStatus, event: BatchEvent): string {
  if (event === 'resume') return 'models.batch-not-paused';
  if (event === 'retry') return 'models.batch-not-ended';
  return hasEnded(status) ? 'models.batch-ended' : 'models.batch-not-running';
}

/**
 * How a batch ends that has nothing left to do. `completed` is said of every file or not at all.
 * @throws KuraError conflict `models.batch-not-running` when it is not being run, or files are still waiting.
 */
export function statusAtEnd(status: BatchStatus, tally: BatchTally): BatchStatus {
  if (status !== 'processing' || tally.pending + tally.processing > 0) {
    throw new KuraError('conflict', 'models.batch-not-running', { params: { status } });
  }
  if (tally.done === tally.files) return 'completed';
  return tally.done + tally.quarantined === 0 ? 'failed' : 'completed_with_errors';
}

/** `postpone`: to be tried in a later round; `release`: it was stopped with its batch. */
export const itemEvents = ['begin', 'place', 'quarantine', 'fail', 'postpone', 'release', 'cancel', 'retry'] as const;
export type ItemEvent = (typeof itemEvents)[number];

/** A file that is there is there, also when somebody cancelled the batch while it got its name. */
const itemWays: Readonly<Record<BatchItemStatus, Readonly<Partial<Record<ItemEvent, BatchItemStatus>>>>> = {
  pending: { begin: 'processing', cancel: 'cancelled' },
  processing: {
    place: 'done',
    quarantine: 'quarantined',
    fail: 'failed',
    postpone: 'pending',
    release: 'pending',
    cancel: 'cancelled',
  },
  done: {},
  quarantined: {},
  failed: { retry: 'pending' },
  cancelled: { retry: 'pending', place: 'done', quarantine: 'quarantined' },
};

/** Undefined when that cannot happen to it any more. */
export function nextItemStatus(status: BatchItemStatus, event: ItemEvent): BatchItemStatus | undefined {
  return itemWays[status][event];
}

export function itemStatusesFor(event: ItemEvent): readonly BatchItemStatus[] {
  const statuses: readonly BatchItemStatus[] = ['pending', 'processing', 'done', 'quarantined', 'failed', 'cancelled'];
  return statuses.filter((status) => itemWays[status][event] !== undefined);
}
