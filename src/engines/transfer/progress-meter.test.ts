import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ProgressMeter, type TransferProgress } from './progress-meter.ts';

describe('ProgressMeter', () => {
  it('smooths the speed and derives the time left from it', () => {
    let now = 0;
    const reports: TransferProgress[] = [];
    const meter = new ProgressMeter({ now: () => now, monotonic: () => now }, (report) => reports.push(report));
    meter.reset(500, 100_000);
    meter.enter('transferring');
    for (let tick = 0; tick < 40; tick += 1) {
      now += 250;
      meter.add(250);
    }
    const steady = reports.at(-1);
    assert.ok(steady);
    assert.equal(steady.receivedBytes, 500 + 40 * 250);
    assert.ok(Math.abs(steady.bytesPerSecond - 1000) < 1, 'bytes that were there before are no speed');
    assert.ok(Math.abs((steady.etaSeconds ?? 0) - (100_000 - 10_500) / 1000) < 1);
    now += 250;
    meter.add(2500);
    const burst = reports.at(-1)?.bytesPerSecond ?? 0;
    assert.ok(burst > 1100 && burst < 3000, `${burst} after one burst of 10,000 bytes a second`);
  });

  it('reports no more often than five times a second', () => {
    let now = 0;
    let reports = 0;
    const meter = new ProgressMeter({ now: () => now, monotonic: () => now }, () => (reports += 1));
    for (now = 0; now < 1000; now += 1) meter.add(1);
    assert.equal(reports, 5);
  });

  it('does not count the time before the first byte as speed', () => {
    let now = 0;
    const speeds: number[] = [];
    const meter = new ProgressMeter({ now: () => 0, monotonic: () => now }, ({ bytesPerSecond }) => {
      speeds.push(bytesPerSecond);
    });
    now = 5000;
    meter.enter('transferring');
    now = 6000;
    meter.add(1000);
    assert.deepEqual(speeds, [0, 1000]);
  });
});
