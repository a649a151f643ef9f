import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { type NetworkClass, NetworkGauge } from './network-class.ts';

const MB = 1e6;

function gaugeAfter(...samples: readonly number[]): NetworkGauge {
  const gauge = new NetworkGauge();
  for (const sample of samples) gauge.sample(sample);
  return gauge;
}

function steady(bytesPerSecond: number): number[] {
  return Array<number>(5).fill(bytesPerSecond);
}

describe('NetworkGauge', () => {
  it('says nothing before the fifth sample', () => {
    assert.equal(gaugeAfter(MB, MB, MB, MB).networkClass, undefined);
    assert.equal(gaugeAfter().mean, undefined);
  });

  it('names a steady speed by its borders', () => {
    const classes = [20 * MB, 10 * MB, 7 * MB, 5 * MB, 3 * MB, MB, 0.2 * MB, 0];
    assert.deepEqual(
      classes.map((speed) => gaugeAfter(...steady(speed)).networkClass),
      ['excellent', 'good', 'good', 'fair', 'fair', 'poor', 'poor', 'poor'],
    );
  });

  it('calls a way unstable while its speed deviates by more than half of its mean', () => {
    const wild = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 0.5 * MB : 20 * MB));
    assert.equal(gaugeAfter(...wild).networkClass, 'unstable');
    assert.equal(gaugeAfter(...wild, ...Array<number>(30).fill(20 * MB)).networkClass, 'excellent');
  });

  it('does not flicker at a border: noise of less than a tenth never changes the class twice', () => {
    const border = fc.constantFrom(MB, 5 * MB, 10 * MB);
    const noise = fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { minLength: 5, maxLength: 200 });
    fc.assert(
      fc.property(border, noise, (speed, factors) => {
        const gauge = new NetworkGauge();
        const seen: (NetworkClass | undefined)[] = [];
        for (const factor of factors) {
          gauge.sample(speed * factor);
          if (gauge.networkClass !== seen.at(-1)) seen.push(gauge.networkClass);
        }
        return seen.length <= 2;
      }),
    );
  });

  it('keeps its mean among what it has seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 100 }), (samples) => {
        const mean = gaugeAfter(...samples).mean ?? Number.NaN;
        return mean >= Math.min(...samples) - 1 && mean <= Math.max(...samples) + 1;
      }),
    );
  });
});
