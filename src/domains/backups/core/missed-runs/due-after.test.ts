import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE } from '#kernel/units';

import { byInterval } from '../schedules/rhythm.ts';
import { dueAfter } from './due-after.ts';

interface Said {
  readonly cron?: string;
  readonly zone?: string;
  readonly graceMinutes?: number;
  readonly holidays?: readonly string[];
}

function due(last: string, said?: Said, rotationDays: number | null = null): string | null {
  const { cron, zone = 'UTC', graceMinutes, holidays = [] } = said ?? {};
  const pattern = cron === undefined ? null : { cron, zone };
  const graceMs = graceMinutes === undefined ? undefined : graceMinutes * MINUTE;
  const rhythm = said && { ...byInterval, pattern, holidays: new Set(holidays), graceMs };
  return dueAfter({ everyHours: 24, rotationDays, rhythm }, last);
}

describe('dueAfter', () => {
  it('gives a daily backup 36 hours, or what somebody said', () => {
    assert.equal(due('2026-11-20T03:00:00.000Z'), '2026-11-21T15:00:00.000Z');
    assert.equal(due('2026-11-20T03:00:00.000Z', { graceMinutes: 60 }), '2026-11-21T04:00:00.000Z');
  });

  it('waits for a medium as long as its rotation takes, and a week', () => {
    assert.equal(due('2026-11-01T00:00:00.000Z', undefined, 30), '2026-12-08T00:00:00.000Z');
  });

  it('follows a pattern in its own zone, also over the change of the clocks', () => {
    const berlin = { cron: '0 3 * * *', zone: 'Europe/Berlin', graceMinutes: 60 };
    assert.equal(due('2026-10-23T01:20:00.000Z', berlin), '2026-10-24T02:00:00.000Z');
    assert.equal(due('2026-10-24T01:20:00.000Z', berlin), '2026-10-25T03:00:00.000Z', 'after the hour that came twice');
  });

  it('takes a run that began a little early for the one that was meant', () => {
    const tokyo = { cron: '0 3 * * *', zone: 'Asia/Tokyo', graceMinutes: 30 };
    assert.equal(due('2026-11-19T17:50:00.000Z', tokyo), '2026-11-20T18:30:00.000Z');
  });

  it('expects nothing on a pattern that has no time left, and waits over a weekend', () => {
    assert.equal(due('2026-11-01T00:00:00.000Z', { cron: '0 0 30 2 *' }), null);
    const workdays = { cron: '0 22 * * 1-5', zone: 'UTC', graceMinutes: 120 };
    assert.equal(due('2026-11-20T22:30:00.000Z', workdays), '2026-11-24T00:00:00.000Z', 'Friday to Monday');
    const holiday = { ...workdays, holidays: ['2026-11-23'] };
    assert.equal(due('2026-11-20T22:30:00.000Z', holiday), '2026-11-25T00:00:00.000Z', 'and not on a holiday');
  });
});
