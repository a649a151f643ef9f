import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { HOUR } from '#kernel/units';

import { reportPeriod } from './report-period.ts';

const noon = Date.parse('2026-11-22T03:00:00Z');

function usual(kind: 'daily' | 'weekly' | 'monthly'): readonly string[] {
  const { from, to, since, until } = reportPeriod({ kind }, noon, 'Asia/Tokyo');
  return [from, to, since, until];
}

function hours(day: string, zone: string): readonly [hours: number, since: string] {
  const { since, until } = reportPeriod({ kind: 'daily', from: day, to: day }, noon, zone);
  return [(Date.parse(until) - Date.parse(since)) / HOUR, since];
}

describe('the period of a report', () => {
  it('is the last whole day, week or month of the house', () => {
    assert.deepEqual(usual('daily'), [
      '2026-11-21',
      '2026-11-21',
      '2026-11-20T15:00:00.000Z',
      '2026-11-21T15:00:00.000Z',
    ]);
    assert.deepEqual(usual('weekly').slice(0, 2), ['2026-11-09', '2026-11-15']);
    assert.deepEqual(usual('monthly').slice(0, 2), ['2026-10-01', '2026-10-31']);
  });

  it('has days of 23 and 25 hours, and one that begins at one', () => {
    assert.deepEqual(hours('2026-03-29', 'Europe/Berlin'), [23, '2026-03-28T23:00:00.000Z']);
    assert.deepEqual(hours('2026-10-25', 'Europe/Berlin'), [25, '2026-10-24T22:00:00.000Z']);
    assert.deepEqual(hours('2026-09-06', 'America/Santiago'), [23, '2026-09-06T04:00:00.000Z']);
  });

  it('does not end before it begins', () => {
    assert.throws(() => reportPeriod({ kind: 'monthly', from: '2026-11-02', to: '2026-11-01' }, noon, 'UTC'), {
      kind: 'invalid',
      code: 'backups.document-period',
    });
  });
});
