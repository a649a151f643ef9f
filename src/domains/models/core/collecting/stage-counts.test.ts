import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { addStages } from './stage-counts.ts';

const site = { filter: 'site', in: 100, out: 98, where: 'site' } as const;
const type = { filter: 'type', in: 98, out: 20, where: 'both' } as const;

describe('addStages', () => {
  it('adds what a later go counted, stage by stage', () => {
    assert.deepEqual(
      addStages(
        [site, type],
        [
          { ...site, in: 10, out: 9 },
          { ...type, in: 9, out: 4 },
        ],
      ),
      [
        { ...site, in: 110, out: 107 },
        { ...type, in: 107, out: 24 },
      ],
    );
  });

  it('keeps a stage only one of them has', () => {
    const licence = { filter: 'license', in: 4, out: 1, where: 'kura' } as const;
    assert.deepEqual(addStages([site], [licence]), [site, licence]);
    assert.deepEqual(addStages([], [site]), [site]);
  });
});
