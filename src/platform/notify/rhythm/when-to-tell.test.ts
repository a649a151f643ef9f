import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { DAY, HOUR, MINUTE } from '#kernel/units';

import type { Hours, Rhythm } from '../contract/index.ts';
import { endOf, isWithin } from './hours.ts';
import { whenNextAllowed, whenToTell } from './when-to-tell.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const tokyoNight: Hours = { from: '22:00', until: '07:00', days: everyDay, zone: 'Asia/Tokyo' };
const berlinNight: Hours = { ...tokyoNight, until: '02:30', zone: 'Europe/Berlin' };
const always: Rhythm = {
  minSeverity: 'info',
  quiet: null,
  urgent: 'critical',
  digest: { every: 'none' },
  maxPerHour: 10,
};

function ms(text: string): number {
  return Date.parse(text);
}

describe('quiet hours', () => {
  it('are those of the zone, past midnight too', () => {
    assert.equal(endOf(tokyoNight, ms('2026-11-22T12:59:00Z')), undefined);
    assert.equal(endOf(tokyoNight, ms('2026-11-22T13:00:00Z')), '2026-11-22T22:00:00.000Z');
    assert.equal(endOf(tokyoNight, ms('2026-11-22T21:59:00Z')), '2026-11-22T22:00:00.000Z');
    assert.equal(endOf(tokyoNight, ms('2026-11-22T22:00:00Z')), undefined);
  });

  it('that end in the hour a spring change skips end right after it', () => {
    // 2026-03-29: 02:00 becomes 03:00 in Berlin, at 01:00 UTC.
    assert.equal(endOf(berlinNight, ms('2026-03-28T23:30:00Z')), '2026-03-29T01:00:00.000Z');
    assert.equal(isWithin(berlinNight, ms('2026-03-29T01:00:00Z')), false);
  });

  it('last an hour longer in the night when the clock goes back', () => {
    const night = { ...berlinNight, until: '07:00' };
    // 2026-10-25: at 01:00 UTC the clock in Berlin goes from 03:00 back to 02:00.
    assert.equal(endOf(night, ms('2026-10-24T20:00:00Z')), '2026-10-25T06:00:00.000Z');
    assert.equal(endOf(night, ms('2026-10-23T20:00:00Z')), '2026-10-24T05:00:00.000Z');
  });

  it('belong to the day they began on', () => {
    const weekend: Hours = { from: '18:00', until: '08:00', days: [5], zone: 'Asia/Tokyo' };
    assert.equal(isWithin(weekend, ms('2026-11-20T10:00:00Z')), true, 'Friday evening');
    assert.equal(isWithin(weekend, ms('2026-11-20T22:00:00Z')), true, 'Saturday morning');
    assert.equal(isWithin(weekend, ms('2026-11-21T10:00:00Z')), false, 'Saturday evening');
  });

  it('of days that follow on each other are one stretch', () => {
    const weekend: Hours = { from: '00:00', until: '00:00', days: [6, 7], zone: 'Asia/Tokyo' };
    assert.equal(endOf(weekend, ms('2026-11-21T03:00:00Z')), '2026-11-22T15:00:00.000Z');
  });

  it('are always over at some time, and that time is not quiet', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const zone = fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC');
    const now = fc.integer({ min: ms('2026-01-01T00:00:00Z'), max: ms('2026-12-31T00:00:00Z') });
    fc.assert(
      fc.property(time, time, zone, now, (from, until, inZone, at) => {
        fc.pre(from !== until);
        const hours = { from, until, days: everyDay, zone: inZone };
        const end = endOf(hours, at);
        assert.equal(end === undefined, !isWithin(hours, at));
        if (end === undefined) return;
        assert.ok(ms(end) > at && ms(end) - at <= DAY + 2 * HOUR, end);
        assert.equal(isWithin(hours, ms(end)), false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('when somebody is told', () => {
  const night = ms('2026-11-22T14:00:00Z');

  it('is at once, after the quiet hours, or never', () => {
    const quiet = { ...always, quiet: tokyoNight };
    assert.equal(whenToTell(always, 'info', night), '2026-11-22T14:00:00.000Z');
    assert.equal(whenToTell(quiet, 'error', night), '2026-11-22T22:00:00.000Z');
    assert.equal(whenToTell(quiet, 'critical', night), '2026-11-22T14:00:00.000Z');
    assert.equal(whenToTell({ ...quiet, urgent: 'nothing' }, 'critical', night), '2026-11-22T22:00:00.000Z');
    assert.equal(whenToTell({ ...always, minSeverity: 'error' }, 'warning', night), undefined);
  });

  it('is with the next digest, which does not come in quiet hours', () => {
    const hourly = { ...always, digest: { every: 'hour' } as const };
    assert.equal(whenToTell(hourly, 'error', night + MINUTE), '2026-11-22T15:00:00.000Z');
    assert.equal(whenToTell({ ...hourly, quiet: tokyoNight }, 'error', night), '2026-11-22T22:00:00.000Z');
    const daily = { ...always, digest: { every: 'day', at: '09:00', zone: 'Asia/Tokyo' } as const };
    assert.equal(whenToTell(daily, 'info', night), '2026-11-23T00:00:00.000Z');
  });

  it('waits when the hour has had all its messages, until the oldest of them is an hour old', () => {
    const sent = [1, 10, 20].map((minutes) => night - minutes * MINUTE);
    assert.equal(whenNextAllowed(4, sent, night), undefined);
    assert.equal(whenNextAllowed(3, sent, night), new Date(night + 40 * MINUTE).toISOString());
    assert.equal(
      whenNextAllowed(3, [...sent, night - 61 * MINUTE], night),
      new Date(night + 40 * MINUTE).toISOString(),
    );
  });
});
