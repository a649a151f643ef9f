import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { HOUR, MINUTE } from '#kernel/units';

import { timeWindowSchema } from '../../../contract/batch-shapes.ts';
import { isOpen, nextOpening } from './time-windows.ts';

const tokyo = 'Asia/Tokyo';
const berlin = 'Europe/Berlin';

function at(text: string): number {
  return Date.parse(text);
}

function openingAfter(windows: readonly string[], from: string, zone: string): string {
  for (const window of windows) timeWindowSchema.parse(window);
  return new Date(nextOpening(windows, at(from), zone) ?? Number.NaN).toISOString();
}

describe('windows of time', () => {
  it('are always open when there are none', () => {
    assert.ok(isOpen([], at('2026-11-22T03:00Z'), tokyo));
    assert.equal(openingAfter([], '2026-11-22T03:00Z', tokyo), '2026-11-22T03:00:00.000Z');
  });

  it('are meant in the zone of the house', () => {
    const night = ['22:00-07:00'];
    // 2026-11-22 12:00 in Tokyo is 03:00 UTC.
    assert.equal(isOpen(night, at('2026-11-22T03:00Z'), tokyo), false);
    assert.equal(isOpen(night, at('2026-11-22T03:00Z'), berlin), true);
    assert.equal(openingAfter(night, '2026-11-22T03:00Z', tokyo), '2026-11-22T13:00:00.000Z');
  });

  it('open at their first minute and close at their last', () => {
    const window = ['09:00-17:00'];
    assert.equal(isOpen(window, at('2026-11-22T00:00Z') - 1, tokyo), false);
    assert.equal(isOpen(window, at('2026-11-22T00:00Z'), tokyo), true);
    assert.equal(isOpen(window, at('2026-11-22T08:00Z') - 1, tokyo), true);
    assert.equal(isOpen(window, at('2026-11-22T08:00Z'), tokyo), false);
    assert.equal(isOpen(['00:00-24:00'], at('2026-11-22T14:59:59Z'), tokyo), true);
  });

  it('know days, ranges over the end of the week, and nights that end on the next day', () => {
    // 2026-11-20 is a Friday.
    const friday = ['fri 22:00-07:00'];
    assert.equal(isOpen(friday, at('2026-11-20T23:00+09:00'), tokyo), true);
    assert.equal(isOpen(friday, at('2026-11-21T06:59+09:00'), tokyo), true);
    assert.equal(isOpen(friday, at('2026-11-20T06:00+09:00'), tokyo), false);
    assert.equal(isOpen(friday, at('2026-11-21T23:00+09:00'), tokyo), false);
    assert.equal(openingAfter(friday, '2026-11-21T12:00+09:00', tokyo), '2026-11-27T13:00:00.000Z');
    const weekend = ['sat-mon,wed 10:00-11:00'];
    const open = new Set(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-25']);
    for (let day = 20; day <= 26; day += 1) {
      const date = `2026-11-${day}`;
      assert.equal(isOpen(weekend, at(`${date}T10:30+09:00`), tokyo), open.has(date), date);
    }
  });

  it('follow the clocks when they are changed', () => {
    // 2026-03-29: 02:00 becomes 03:00; the window that lies in the missing hour does not open that day.
    assert.equal(openingAfter(['02:15-02:45'], '2026-03-28T12:00+01:00', berlin), '2026-03-30T00:15:00.000Z');
    assert.equal(openingAfter(['03:00-04:00'], '2026-03-28T12:00+01:00', berlin), '2026-03-29T01:00:00.000Z');
    // 2026-10-25: 03:00 becomes 02:00; the hour that comes twice is open twice, and the night is an hour longer.
    const twice = ['02:00-03:00'];
    assert.equal(isOpen(twice, at('2026-10-25T00:30Z'), berlin), true);
    assert.equal(isOpen(twice, at('2026-10-25T01:30Z'), berlin), true);
    assert.equal(isOpen(twice, at('2026-10-25T02:00Z'), berlin), false);
    const night = ['22:00-06:00'];
    let open = 0;
    for (let now = at('2026-10-24T12:00Z'); now < at('2026-10-25T12:00Z'); now += MINUTE) {
      if (isOpen(night, now, berlin)) open += MINUTE;
    }
    assert.equal(open, 9 * HOUR);
  });
});
