import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { type AdaptiveRate, createAdaptiveRate, type PaceOutcome } from './adaptive-rate.ts';

const ceilingMs = 2000;

function report(rate: AdaptiveRate, outcome: PaceOutcome, now: number, count = 1): void {
  for (let done = 0; done < count; done += 1) rate.report(outcome, { sentAt: now, now }, ceilingMs);
}

describe('createAdaptiveRate', () => {
  it('slows down by a fifth when the host says "too many"', () => {
    const rate = createAdaptiveRate();
    report(rate, 'throttled', 0);
    assert.equal(rate.perSecond(), 0.4);
    assert.equal(rate.intervalMs(ceilingMs), 2500);
  });

  it('slows down on the third error within a minute, not on the second nor when they lie apart', () => {
    const rate = createAdaptiveRate();
    report(rate, 'error', 0, 2);
    report(rate, 'error', 60_000);
    assert.equal(rate.perSecond(), null);
    report(rate, 'error', 61_000, 2);
    assert.equal(rate.perSecond(), 0.4);
  });

  it('speeds up by a twentieth after ten successes in a row, at most to what was configured', () => {
    const rate = createAdaptiveRate(0.4);
    report(rate, 'success', 0, 9);
    report(rate, 'error', 0);
    report(rate, 'success', 0, 9);
    assert.equal(rate.perSecond(), 0.4);
    report(rate, 'success', 0);
    assert.equal(rate.perSecond(), 0.4 * 1.05);
    report(rate, 'success', 0, 40);
    assert.equal(rate.perSecond(), null);
    assert.equal(rate.intervalMs(ceilingMs), ceilingMs);
  });

  it('hears the complaints of requests that were under way together once', () => {
    const rate = createAdaptiveRate();
    rate.report('throttled', { sentAt: 0, now: 500 }, ceilingMs);
    for (let sentAt = 0; sentAt < 8; sentAt += 1) rate.report('throttled', { sentAt, now: 501 }, ceilingMs);
    assert.equal(rate.perSecond(), 0.4);
  });

  it('never leaves the span between a tenth of a request per second and the ceiling', () => {
    const outcomes = fc.array(fc.constantFrom<PaceOutcome>('success', 'throttled', 'error'), { maxLength: 300 });
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 60_000 }), (list, configuredMs) => {
        const rate = createAdaptiveRate();
        for (const [index, outcome] of list.entries()) {
          rate.report(outcome, { sentAt: index * 1000, now: index * 1000 }, configuredMs);
          const interval = rate.intervalMs(configuredMs);
          assert.ok(interval >= configuredMs - 1e-6, `${interval} faster than configured`);
          assert.ok(interval <= Math.max(10_000, configuredMs) + 1e-6, `${interval} slower than the floor`);
        }
      }),
    );
  });

  it('learns nothing about a host that is not paced', () => {
    const rate = createAdaptiveRate();
    rate.report('throttled', { sentAt: 0, now: 0 }, 0);
    assert.equal(rate.intervalMs(0), 0);
    assert.equal(rate.perSecond(), null);
  });
});
