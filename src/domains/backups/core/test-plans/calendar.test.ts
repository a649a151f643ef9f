import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { testFrequencies } from '../../contract/index.ts';
import { addDays, dueDays, nextDueAfter } from './calendar.ts';

describe('the calendar of tests', () => {
  it('keeps the day of the month, and takes the last one where a month is shorter', () => {
    const plan = { startsOn: '2027-10-31', frequency: 'monthly', first: '2027-10-31' } as const;
    assert.deepEqual(dueDays(plan, '2027-10-01', '2028-03-31'), [
      '2027-10-31',
      '2027-11-30',
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
    ]);
  });

  it('counts quarters, half-years, years and weeks', () => {
    assert.equal(nextDueAfter('2026-11-30', 'quarterly', '2026-11-30'), '2027-02-28');
    assert.equal(nextDueAfter('2026-11-30', 'semi-annual', '2027-02-28'), '2027-05-30');
    assert.equal(nextDueAfter('2028-02-29', 'annual', '2031-12-31'), '2032-02-29');
    assert.equal(nextDueAfter('2026-11-22', 'weekly', '2026-11-22'), '2026-11-29');
  });

  it('is due on its first day', () => {
    assert.equal(nextDueAfter('2026-12-01', 'annual', '2026-11-22'), '2026-12-01');
  });

  it('finds the very next occurrence, however long ago it began', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
    fc.assert(
      fc.property(day, day, fc.constantFrom(...testFrequencies), (start, after, frequency) => {
        const due = nextDueAfter(start, frequency, after);
        assert.ok(due > after);
        // Walking there step by step meets the same day.
        let step = start;
        while (step <= after) step = nextDueAfter(start, frequency, step);
        assert.equal(due, step);
      }),
      { numRuns: 200 },
    );
  });
});
