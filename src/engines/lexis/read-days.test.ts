import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { prefixesBetween, readDays } from './read-days.ts';

const now = Date.UTC(2026, 10, 22, 12);

describe('days of a query', () => {
  const readings: ReadonlyArray<readonly [typed: string, from: string | undefined, to: string | undefined]> = [
    ['2026', '20260101', '20261231'],
    ['2026-1', '20260101', '20260131'],
    ['2026/02/03', '20260203', '20260203'],
    ['2026年2月3日', '20260203', '20260203'],
    ['２０２６年', '20260101', '20261231'],
    ['>2026-01', '20260132', undefined],
    ['<2026-01-01', undefined, '20260100'],
    ['<=2025', undefined, '20251231'],
    ['2026-01..', '20260101', undefined],
    ['2025..2026-03', '20250101', '20260331'],
    ['2w', '20261108', undefined],
    ['3日', '20261119', undefined],
    ['today', '20261122', '20261122'],
    ['昨日', '20261121', '20261121'],
  ];
  for (const [typed, from, to] of readings) {
    it(`reads ${typed}`, () => assert.deepEqual(readDays(typed, now), { from, to }));
  }

  it('takes nothing else for a day', () => {
    for (const typed of ['', '..', 'soon', '2026-13', '2026-02-30', '>7d', '26-01', '2026-03..2026-01', '>=']) {
      assert.equal(readDays(typed, now), undefined, typed);
    }
  });

  it('covers a range by prefixes, all of it and nothing else', () => {
    const day = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(day, day, day, (a, b, tested) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((one) => String(one).padStart(8, '0'));
        const text = String(tested).padStart(8, '0');
        const covering = prefixesBetween({ from, to }).filter((prefix) => text.startsWith(prefix));
        assert.equal(covering.length, tested >= Math.min(a, b) && tested <= Math.max(a, b) ? 1 : 0);
      }),
    );
    assert.deepEqual(prefixesBetween({ from: '20260131', to: '20260302' }), [
      '20260131',
      '20260132',
      '20260133',
      '20260134',
      '20260135',
      '20260136',
      '20260137',
      '20260138',
      '20260139',
      '2026014',
      '2026015',
      '2026016',
      '2026017',
      '2026018',
      '2026019',
      '202602',
      '20260300',
      '20260301',
      '20260302',
    ]);
  });
});
