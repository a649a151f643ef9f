import assert from 'node:assert/strict';
import { it } from 'node:test';

import { holidaysOfJapan } from './national-holidays.ts';

function daysOf(year: number): readonly string[] {
  return holidaysOfJapan(year, year).map(({ day }) => day.slice(5));
}

it('knows the public holidays of Japan as they were announced, with those that move', () => {
  // 内閣府「国民の祝日について」: 2024, 2026
  assert.deepEqual(
    daysOf(2024).join(' '),
    '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23',
  );
  assert.deepEqual(
    daysOf(2026).join(' '),
    '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
  );
  assert.deepEqual(
    holidaysOfJapan(2026, 2026)
      .filter(({ day }) => day === '2026-05-06' || day === '2026-09-22')
      .map(({ title }) => title),
    ['振替休日', '国民の休日'],
  );
  assert.ok(daysOf(2027).includes('03-22'), 'an equinox on a Sunday');
  assert.equal(new Set(holidaysOfJapan(2022, 2099).map(({ day }) => day)).size, holidaysOfJapan(2022, 2099).length);
});
