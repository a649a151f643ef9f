import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KIB, MIB } from '#kernel/units';

import { parseBandwidthWindows, parseRate, plannedRate } from './bandwidth-windows.ts';

const unlimited = Number.POSITIVE_INFINITY;

/** The rate at a time of Tokyo (+09:00, no summer time). */
function rateAt(windows: string, local: string, zone = 'Asia/Tokyo', offset = '+09:00'): number {
  const clock = { now: () => Date.parse(`${local}:00${offset}`), monotonic: () => 0 };
  return plannedRate(() => ({ windows: parseBandwidthWindows(windows), otherwise: 2 * MIB, zone }), clock)();
}

describe('parseRate', () => {
  it('reads bytes with the letters that curl and wget take', () => {
    assert.deepEqual(
      ['2000', '500K', '2m', '1.5M', '2MB', '1 GiB/s', 'unlimited'].map((text) => parseRate(text.replace(' ', ''))),
      [2000, 500 * KIB, 2 * MIB, 1.5 * MIB, 2 * MIB, 1024 * MIB, unlimited],
    );
    for (const wrong of ['', '0', 'fast', '-1', '2T', '1e9']) assert.throws(() => parseRate(wrong), /bad-rate/);
  });
});

describe('bandwidth windows', () => {
  const night = '22:00-07:00 unlimited, mon-fri 08:00-18:00 500K';

  it('hold by the clock of the house, across midnight, the first that fits', () => {
    assert.equal(rateAt(night, '2026-11-22T22:00'), unlimited);
    assert.equal(rateAt(night, '2026-11-23T06:59'), unlimited);
    assert.equal(rateAt(night, '2026-11-23T07:00'), 2 * MIB);
    // A Monday, and the Sunday before.
    assert.equal(rateAt(night, '2026-11-23T09:00'), 500 * KIB);
    assert.equal(rateAt(night, '2026-11-22T09:00'), 2 * MIB);
  });

  it('that go on after midnight belong to the day they began on', () => {
    assert.equal(rateAt('fri 22:00-06:00 1K', '2026-11-28T05:00'), KIB);
    assert.equal(rateAt('fri 22:00-06:00 1K', '2026-11-27T05:00'), 2 * MIB);
    assert.equal(rateAt('sat-sun 00:00-24:00 1K', '2026-11-29T23:59'), KIB);
    assert.equal(rateAt('fri-mon 12:00-13:00 1K', '2026-11-23T12:30'), KIB);
    assert.equal(rateAt('fri-mon 12:00-13:00 1K', '2026-11-24T12:30'), 2 * MIB);
  });

  it('follow summer time', () => {
    assert.equal(rateAt('08:00-09:00 1K', '2026-07-01T08:30', 'Europe/Berlin', '+02:00'), KIB);
    assert.equal(rateAt('08:00-09:00 1K', '2026-12-01T08:30', 'Europe/Berlin', '+01:00'), KIB);
  });

  it('are read anew, also within a minute', () => {
    let windows = parseBandwidthWindows('00:00-24:00 1K');
    const rate = plannedRate(() => ({ windows, otherwise: 7, zone: 'UTC' }), { now: () => 0, monotonic: () => 0 });
    assert.equal(rate(), KIB);
    windows = [];
    assert.equal(rate(), 7);
  });

  it('that cannot be read are refused', () => {
    for (const wrong of [
      '8-9 1M',
      '25:00-26:00 1M',
      '08:00-09:00',
      '08:60-09:00 1M',
      'foo 08:00-09:00 1M',
      '08:00-09:00 0',
    ]) {
      assert.throws(() => parseBandwidthWindows(wrong), /transfer\.bad-/, wrong);
    }
    assert.deepEqual(parseBandwidthWindows(''), []);
  });
});
