import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { steeringLimits } from './modes.ts';

describe('steeringLimits', () => {
  it('begins with one connection and allows sixteen when nobody said anything', () => {
    assert.deepEqual(startAndMost(steeringLimits(undefined, undefined)), [1, 16]);
  });

  it('takes a number alone at its word, at once', () => {
    assert.deepEqual(startAndMost(steeringLimits(undefined, 7)), [7, 7]);
    assert.deepEqual(startAndMost(steeringLimits(undefined, 0)), [1, 1]);
  });

  it('takes a number beside a mode as its upper bound', () => {
    assert.deepEqual(startAndMost(steeringLimits('adaptive', 6)), [1, 6]);
    assert.deepEqual(startAndMost(steeringLimits('speed', 6)), [6, 6]);
    assert.deepEqual(startAndMost(steeringLimits('efficiency', 6)), [1, 4]);
    assert.deepEqual(startAndMost(steeringLimits('minimal', 6)), [1, 1]);
  });
});

function startAndMost({ start, most }: { readonly start: number; readonly most: number }): readonly number[] {
  return [start, most];
}
