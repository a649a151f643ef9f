import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { HOUR, MINUTE } from '#kernel/units';

import { countKept, percentile, percentOf } from './count-kept.ts';

function hours(...all: readonly number[]): readonly number[] {
  return all.map((one) => one * HOUR);
}

function kept(due: readonly number[], good: readonly number[], until: number): string {
  return countKept({ due, good, until })
    .map(({ isKept }) => (isKept ? 'k' : '-'))
    .join('');
}

describe('a time at which a backup was due', () => {
  it('is kept by one that began before the next time, late or not, and two do not make up for a missing one', () => {
    assert.equal(kept(hours(0, 24, 48, 72), hours(0, 47, 48.5, 49), 80 * HOUR), 'kkk');
    assert.equal(kept(hours(0, 24, 48, 72), hours(24, 25, 72), 80 * HOUR), '-k-k');
  });

  it('is not judged before its turn is over, unless its backup is there', () => {
    assert.equal(kept(hours(0, 24), hours(0), 30 * HOUR), 'k');
    assert.equal(kept(hours(0, 24), hours(0, 25), 30 * HOUR), 'kk');
    assert.equal(kept(hours(24), [], 30 * HOUR), '');
  });

  it('is kept by a machine whose clock goes ahead by a little', () => {
    assert.equal(kept(hours(0, 24), [24 * HOUR - 2 * MINUTE], 30 * HOUR), '-k');
  });
});

describe('figures', () => {
  it('are rounded so that a target is not kept by rounding, and nothing is nothing', () => {
    assert.deepEqual([percentOf(999, 1000), percentOf(9999, 10_000), percentOf(0, 0)], [99.9, 99.9, null]);
    assert.deepEqual([percentile([5, 1, 3], 50), percentile([1, 2, 3, 4], 95), percentile([], 50)], [3, 4, null]);
  });
});
