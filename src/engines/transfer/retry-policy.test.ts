import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { backoffMs, defaultRetryLimits, parseRetryAfter } from './retry-policy.ts';

const clock = { now: () => Date.UTC(2026, 10, 22), monotonic: () => 0 };
const highest = { bytes: (count: number) => new Uint8Array(count), fraction: () => 1 };

describe('backoffMs', () => {
  it('doubles its ceiling up to the cap', () => {
    const waits = [1, 2, 3, 20].map((attempt) => backoffMs(attempt, defaultRetryLimits, highest));
    assert.deepEqual(waits, [500, 1000, 2000, 60_000]);
  });

  it('spreads over the whole span below the ceiling, so that clients do not come back together', () => {
    assert.equal(backoffMs(3, defaultRetryLimits, { ...highest, fraction: () => 0 }), 0);
  });

  it('never comes back before the far side asked it to', () => {
    assert.equal(backoffMs(1, defaultRetryLimits, { ...highest, fraction: () => 0 }, { retryAfterMs: 7000 }), 7000);
  });

  it('waits longer on a slower line', () => {
    const classes = ['excellent', 'good', 'fair', 'poor', 'unstable'] as const;
    assert.deepEqual(
      classes.map((networkClass) => backoffMs(1, defaultRetryLimits, highest, { networkClass })),
      [500, 1000, 2000, 3000, 3000],
    );
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds and dates', () => {
    assert.equal(parseRetryAfter('120', clock), 120_000);
    assert.equal(parseRetryAfter('Sun, 22 Nov 2026 00:00:30 GMT', clock), 30_000);
    assert.equal(parseRetryAfter('Sat, 21 Nov 2026 00:00:00 GMT', clock), 0);
  });

  it('ignores what is neither', () => {
    for (const text of [undefined, '', '-1', '1.5', 'soon']) assert.equal(parseRetryAfter(text, clock), undefined);
  });
});
