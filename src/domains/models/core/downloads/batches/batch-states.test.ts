import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isKuraError } from '#kernel/errors';

import { type BatchTally, batchItemStatuses, batchStatuses } from '../../../contract/batch-shapes.ts';
import { batchEvents, itemEvents, nextBatchStatus, nextItemStatus, statusAtEnd } from './batch-states.ts';

/** Every pair of state and event; `-` = refused. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
  completed: { retry: 'pending' },
  completed_with_errors: { retry: 'pending' },
  failed: { retry: 'pending' },
  cancelled: { retry: 'pending' },
};

const itemTable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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

function tally(counts: Partial<BatchTally>): BatchTally {
  const none = { pending: 0, processing: 0, done: 0, skipped: 0, quarantined: 0, failed: 0, cancelled: 0 };
  const bytes = { totalBytes: 0, doneBytes: 0, networkBytes: 0, retries: 0 };
  const files = (counts.pending ?? 0) + (counts.processing ?? 0) + (counts.done ?? 0);
  const others = (counts.quarantined ?? 0) + (counts.failed ?? 0) + (counts.cancelled ?? 0);
  return { ...none, ...bytes, files: files + others, ...counts };
}

describe('the states of a batch', () => {
  for (const status of batchStatuses) {
    for (const event of batchEvents) {
      if (event === 'finish') continue;
      const next = table[status]?.[event];
      it(`${status} + ${event} = ${next ?? 'refused'}`, () => {
        if (next !== undefined) assert.equal(nextBatchStatus(status, event), next);
        else
          assert.throws(
            () => nextBatchStatus(status, event),
            (error) => isKuraError(error) && error.kind === 'conflict',
          );
      });
    }
  }

  it('end as their files did: complete means every single one', () => {
    assert.equal(statusAtEnd('processing', tally({ done: 3 })), 'completed');
    assert.equal(statusAtEnd('processing', tally({ done: 3, failed: 1 })), 'completed_with_errors');
    assert.equal(statusAtEnd('processing', tally({ done: 3, quarantined: 1 })), 'completed_with_errors');
    assert.equal(statusAtEnd('processing', tally({ done: 3, cancelled: 1 })), 'completed_with_errors');
    assert.equal(statusAtEnd('processing', tally({ quarantined: 2 })), 'completed_with_errors');
    assert.equal(statusAtEnd('processing', tally({ failed: 2 })), 'failed');
  });

  it('do not end while a file waits, nor when nobody runs them', () => {
    for (const counts of [
      { done: 1, pending: 1 },
      { done: 1, processing: 1 },
    ]) {
      assert.throws(() => statusAtEnd('processing', tally(counts)), /batch-not-running/);
    }
    for (const status of batchStatuses.filter((one) => one !== 'processing')) {
      assert.throws(() => statusAtEnd(status, tally({ done: 1 })), /batch-not-running/, status);
    }
  });
});

describe('the states of a file of a batch', () => {
  for (const status of batchItemStatuses) {
    for (const event of itemEvents) {
      const next = itemTable[status]?.[event];
      it(`${status} + ${event} = ${next ?? 'nothing'}`, () => {
        assert.equal(nextItemStatus(status, event), next);
      });
    }
  }
});
