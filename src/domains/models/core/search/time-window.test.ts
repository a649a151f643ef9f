import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { startOf, startOfPeriod } from './time-window.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('a window of time', () => {
  it('counts spans back from now, a month as 30 days', () => {
    assert.equal(startOf('30d', now), now - 30 * DAY);
    assert.equal(startOf('2 weeks', now), now - 14 * DAY);
    assert.equal(startOf('6m', now), now - 180 * DAY);
    assert.equal(startOf('1Y', now), now - 365 * DAY);
  });

  it('takes a day as its beginning in UTC', () => {
    assert.equal(startOf('2026-10-01', now), Date.parse('2026-10-01T00:00:00Z'));
    assert.equal(startOf('2026-10-01T08:00:00+09:00', now), Date.parse('2026-09-30T23:00:00Z'));
  });

  it('has no start for all time, and a day of grace for the periods of the site', () => {
    assert.equal(startOfPeriod('AllTime', now), undefined);
    assert.equal(startOfPeriod('Week', now), now - 8 * DAY);
  });
});
