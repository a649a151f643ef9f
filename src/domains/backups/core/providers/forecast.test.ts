import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { forecastOf } from './forecast.ts';

function days(used: readonly number[]) {
  return used.map((usedBytes, index) => ({ day: `2026-11-${String(index + 1).padStart(2, '0')}`, usedBytes }));
}

describe('forecastOf', () => {
  it('says when nine tenths are used, and how well the line fits', () => {
    const forecast = forecastOf(days([100, 110, 120, 130, 140]), 200);
    assert.deepEqual(forecast, { bytesPerDay: 10, fullOn: '2026-11-09', fit: 1, days: 5 });
  });

  it('knows nothing from four days, and no end without growth or size', () => {
    assert.equal(forecastOf(days([1, 2, 3, 4]), 10), null);
    assert.equal(forecastOf(days([9, 8, 7, 6, 5]), 10)?.fullOn, null);
    assert.equal(forecastOf(days([5, 5, 5, 5, 5]), 10)?.fullOn, null);
    assert.equal(forecastOf(days([1, 2, 3, 4, 5]), null)?.fullOn, null);
  });
});
