import assert from 'node:assert/strict';
import { it } from 'node:test';

import { timesTable } from './times-table.ts';

it('the seconds of a run stand below each other, and their sum at the end', () => {
  assert.deepEqual(
    timesTable([
      ['gates', 83.4],
      ['integration', 738.2],
    ]).split('\n'),
    ['time gates          83 s', 'time integration   738 s', 'time in all        822 s'],
  );
});
