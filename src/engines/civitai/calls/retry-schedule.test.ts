import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { readRetryAfter, retryDelay } from './retry-schedule.ts';

const atMost = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.999_999 };

function delays(failure: 'network' | 'server' | 'rate-limit' | 'unknown' | 'final'): (number | null)[] {
  return [0, 1, 2, 3, 4, 5].map((earlier) => retryDelay({ failure, earlier, retryAfterMs: undefined }, atMost));
}

describe('retryDelay', () => {
  it('follows the table of error classes', () => {
    assert.deepEqual(delays('network'), [1000, 2000, 4000, null, null, null]);
    assert.deepEqual(delays('server'), [500, 750, null, null, null, null]);
    assert.deepEqual(delays('rate-limit'), [5000, 15_000, 45_000, 135_000, 300_000, null]);
    assert.deepEqual(delays('unknown'), [1000, null, null, null, null, null]);
    assert.deepEqual(delays('final'), [null, null, null, null, null, null]);
  });

  it('draws anywhere between nothing and the bound', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999_999, noNaN: true }), (draw) => {
        const delay = retryDelay(
          { failure: 'network', earlier: 2, retryAfterMs: undefined },
          { ...atMost, fraction: () => draw },
        );
        assert.equal(delay, Math.round(draw * 4000));
      }),
    );
  });

  it('waits at least as long as asked, and gives up when asked for longer than it would sit', () => {
    assert.equal(
      retryDelay({ failure: 'server', earlier: 0, retryAfterMs: 2000 }, { ...atMost, fraction: () => 0 }),
      2000,
    );
    assert.equal(retryDelay({ failure: 'rate-limit', earlier: 0, retryAfterMs: 60_000 }, atMost), 61_000);
    assert.equal(retryDelay({ failure: 'rate-limit', earlier: 0, retryAfterMs: 3_600_000 }, atMost), null);
  });
});

describe('readRetryAfter', () => {
  const now = Date.UTC(2026, 10, 22, 12, 0, 0);
  it('reads seconds and HTTP dates', () => {
    assert.equal(readRetryAfter('2', now), 2000);
    assert.equal(readRetryAfter(' 120 ', now), 120_000);
    assert.equal(readRetryAfter('Sun, 22 Nov 2026 12:00:30 GMT', now), 30_000);
    assert.equal(readRetryAfter('Sun, 22 Nov 2026 11:00:00 GMT', now), 0);
  });

  it('ignores what is neither', () => {
    for (const value of [undefined, '', 'soon', '-5', '1.5', '2026-11-22']) {
      assert.equal(readRetryAfter(value, now), undefined, String(value));
    }
  });
});
