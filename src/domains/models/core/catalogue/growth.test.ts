import assert from 'node:assert/strict';
import { it } from 'node:test';

import { weeklyGrowth } from './growth.ts';

function seen(day: string, downloads: number | null, likes: number | null = downloads) {
  return { day, downloads, thumbs_up: likes };
}

it('compares with the last snapshot that is a week old', () => {
  const history = [
    seen('2026-11-01', 0),
    seen('2026-11-10', 100, 10),
    seen('2026-11-14', 150),
    seen('2026-11-20', 200, 25),
  ];
  assert.deepEqual(weeklyGrowth(history), { since: '2026-11-10', downloadsPerWeek: 70, likesPerWeek: 10.5 });
});

it('reckons a week from fewer days while there is no older snapshot', () => {
  assert.deepEqual(weeklyGrowth([seen('2026-11-18', 100), seen('2026-11-20', 120)]), {
    since: '2026-11-18',
    downloadsPerWeek: 70,
    likesPerWeek: 70,
  });
});

it('says nothing of one day, of nothing, and of hidden counters', () => {
  assert.equal(weeklyGrowth([]), null);
  assert.equal(weeklyGrowth([seen('2026-11-20', 5)]), null);
  assert.equal(weeklyGrowth([seen('2026-11-10', 5), seen('2026-11-20', null)]), null);
});
