import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { nextRun } from './next-run.ts';

function times(cron: string, zone: string, from: string, count: number): readonly (string | null)[] {
  const found: (string | null)[] = [];
  let at = Date.parse(from);
  for (let index = 0; index < count; index += 1) {
    const next = nextRun({ kind: 'cron', cron, zone }, at);
    found.push(next);
    at = Date.parse(next ?? '');
  }
  return found;
}

describe('nextRun', () => {
  it('runs a time that the spring gap swallows once, right after the gap', () => {
    assert.deepEqual(times('30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z', 3), [
      // 02:30 does not exist on 28 March; 03:00 summer time is the first minute behind the gap.
      '2027-03-28T01:00:00.000Z',
      '2027-03-29T00:30:00.000Z',
      '2027-03-30T00:30:00.000Z',
    ]);
  });

  it('runs a time that autumn has twice only once', () => {
    assert.deepEqual(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 3), [
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-27T01:30:00.000Z',
    ]);
  });

  it('keeps its distance where clocks never change', () => {
    assert.deepEqual(times('0 6 * * *', 'Asia/Tokyo', '2026-11-21T20:59:59Z', 3), [
      '2026-11-21T21:00:00.000Z',
      '2026-11-22T21:00:00.000Z',
      '2026-11-23T21:00:00.000Z',
    ]);
  });

  it('counts an interval on from its anchor, past everything that was missed', () => {
    const hour = { kind: 'interval', everyMs: 3_600_000 } as const;
    const anchor = Date.parse('2026-11-22T00:00:00Z');
    assert.equal(nextRun(hour, anchor, anchor), '2026-11-22T01:00:00.000Z');
    assert.equal(nextRun(hour, Date.parse('2026-11-22T05:59:59Z'), anchor), '2026-11-22T06:00:00.000Z');
    assert.equal(nextRun(hour, Date.parse('2026-11-22T06:00:00Z'), anchor), '2026-11-22T07:00:00.000Z');
  });

  it('says null for a pattern whose times are over or never come', () => {
    assert.equal(nextRun({ kind: 'cron', cron: '0 0 30 2 *', zone: 'UTC' }, 0), null);
  });

  for (const timing of [
    { kind: 'cron', cron: 'every day', zone: 'UTC' },
    { kind: 'cron', cron: '* * * * * *', zone: 'UTC' },
    { kind: 'cron', cron: '0 6 * * *', zone: 'Europe/Atlantis' },
    { kind: 'interval', everyMs: 10 },
    { kind: 'interval', everyMs: Number.NaN },
  ] as const) {
    it(`refuses ${JSON.stringify(timing)}`, () => {
      assert.throws(() => nextRun(timing, 0), { code: 'schedule.bad-timing', kind: 'invalid' });
    });
  }
});
