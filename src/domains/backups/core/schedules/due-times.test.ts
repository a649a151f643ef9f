import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { expectedRuns, lastTime, longestPauseHours, nextTimes, opening } from './due-times.ts';

const none = new Set<string>();

function at(text: string): number {
  return Date.parse(text);
}

describe('times of a schedule', () => {
  const nightly = { cron: '30 2 * * *', zone: 'Europe/Berlin' };

  it('runs right after a spring gap', () => {
    // On 29 March 2026 the clock goes from 2 to 3.
    assert.deepEqual(nextTimes(nightly, none, at('2026-03-28T12:00:00Z'), 2), [
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('runs once in the hour that comes twice in autumn', () => {
    const found = expectedRuns(nightly, none, { from: at('2026-10-24T12:00:00Z'), to: at('2026-10-26T12:00:00Z') });
    assert.equal(found.length, 2);
    assert.equal(found[1], '2026-10-26T01:30:00.000Z');
  });

  it('takes Monday for 1 and Sunday for 0 and 7', () => {
    const tokyo = 'Asia/Tokyo';
    for (const [cron, day] of [
      ['0 9 * * 1', '2026-11-23'],
      ['0 9 * * 0', '2026-11-29'],
      ['0 9 * * 7', '2026-11-29'],
    ] as const) {
      const [first] = nextTimes({ cron, zone: tokyo }, none, at('2026-11-22T12:00:00Z'), 1);
      assert.equal(first, `${day}T00:00:00.000Z`, cron);
    }
  });

  it('leaves out holidays, by the day in its own zone', () => {
    const early = { cron: '0 3 * * *', zone: 'Asia/Tokyo' };
    assert.deepEqual(nextTimes(early, new Set(['2026-11-23']), at('2026-11-22T12:00:00Z'), 1), [
      '2026-11-23T18:00:00.000Z',
    ]);
    assert.equal(lastTime(early, new Set(['2026-11-22']), at('2026-11-22T12:00:00Z')), '2026-11-20T18:00:00.000Z');
  });

  it('comes on the 29th of February only in leap years', () => {
    const leap = { cron: '0 0 29 2 *', zone: 'UTC' };
    assert.deepEqual(nextTimes(leap, none, at('2026-11-22T00:00:00Z'), 1), ['2028-02-29T00:00:00.000Z']);
  });

  it('expects a backup as seldom as the longest pause', () => {
    const now = at('2026-11-22T00:00:00Z');
    assert.equal(longestPauseHours({ cron: '0 2 * * *', zone: 'UTC' }, none, now), 24);
    assert.equal(longestPauseHours({ cron: '0 2 * * 1-5', zone: 'UTC' }, none, now), 72);
    assert.equal(longestPauseHours({ cron: '0 2 * * *', zone: 'UTC' }, new Set(['2026-11-25']), now), 48);
  });

  it('says what is no pattern and no zone', () => {
    for (const bad of [
      { cron: '60 * * * *', zone: 'UTC' },
      { cron: '0 3 * * *', zone: 'Mars/Base' },
    ]) {
      assert.throws(() => nextTimes(bad, none, 0, 1), { code: 'schedule.bad-timing' });
    }
  });
});

describe('the window of a schedule', () => {
  const night = { from: '22:00', to: '06:00' };

  it('is open over midnight, and waits for its next opening otherwise', () => {
    for (const [time, opens] of [
      ['2026-11-22T22:00:00Z', '2026-11-22T22:00:00Z'],
      ['2026-11-23T05:59:00Z', '2026-11-23T05:59:00Z'],
      ['2026-11-23T06:00:00Z', '2026-11-23T22:00:00Z'],
    ] as const) {
      assert.equal(opening(night, 'UTC', at(time)), at(opens), time);
    }
  });

  it('opens by the clock of its zone, also after a change of the clock', () => {
    const window = { from: '01:00', to: '05:00' };
    assert.equal(opening(window, 'Europe/Berlin', at('2026-03-29T12:00:00Z')), at('2026-03-29T23:00:00Z'));
    assert.equal(opening(null, 'UTC', 7), 7);
  });
});
