import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE, SECOND } from '#kernel/units';

import type { BatchItem } from '../../../store/batch-item-store.ts';
import { RetryRounds } from './retry-rounds.ts';

let time = 0;
const clock = { now: () => time, monotonic: () => time };

function item(number: number, round: number): BatchItem {
  const unknown = { modelId: null, versionId: null, fileId: null, name: null, path: null, sizeBytes: null };
  const nothing = { sha256: null, verdict: null, reason: null, ms: null, selector: null };
  const counts = { attempts: 0, networkBytes: 0, retries: 0, mirror: null, wasThere: false };
  return { ...unknown, ...nothing, ...counts, batchId: 'b', ref: String(number), status: 'pending', number, round };
}

function numbers(items: readonly BatchItem[]): readonly number[] {
  return items.map(({ number }) => number);
}

describe('rounds of retries', () => {
  it('begin when everything before them has ended, after a wait that grows', () => {
    const rounds = new RetryRounds(clock);
    assert.deepEqual(numbers(rounds.due([item(1, 0), item(2, 0), item(3, 1)], 0, 0)), [1, 2]);
    const left = [item(3, 1), item(4, 1), item(5, 2)];
    assert.deepEqual(rounds.due(left, 1, 0), []);
    assert.deepEqual(rounds.due(left, 0, 0), []);
    time += SECOND - 1;
    assert.deepEqual(rounds.due(left, 0, 0), []);
    time += 1;
    assert.deepEqual(numbers(rounds.due(left, 0, 0)), [3, 4]);
    assert.deepEqual(rounds.due([item(5, 2)], 0, 0), []);
    time += 4 * SECOND;
    assert.deepEqual(numbers(rounds.due([item(5, 2)], 0, 0)), [5]);
  });

  it('wait as long as the site asked for, but not for ever', () => {
    const rounds = new RetryRounds(clock);
    rounds.due([item(1, 0)], 0, 0);
    assert.deepEqual(rounds.due([item(1, 1)], 0, 60 * MINUTE), []);
    time += 5 * MINUTE - 1;
    assert.deepEqual(rounds.due([item(1, 1)], 0, 0), []);
    time += 1;
    assert.deepEqual(numbers(rounds.due([item(1, 1)], 0, 0)), [1]);
  });

  it('are left when new files have come', () => {
    const rounds = new RetryRounds(clock);
    assert.deepEqual(numbers(rounds.due([item(1, 2)], 0, 0)), [1]);
    assert.deepEqual(numbers(rounds.due([item(9, 0), item(1, 2)], 1, 0)), [9]);
  });
});
