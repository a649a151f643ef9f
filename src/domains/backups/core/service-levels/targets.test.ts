import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { targetsOf } from './targets.ts';

describe('the targets of a job', () => {
  it('are those of its policy, and where that says nothing those of its criticality and rhythm', () => {
    const usual = { keptPercent: 99, maxAgeHours: 36, maxRunSeconds: null };
    const job = { criticality: 'high', pauseHours: 24 } as const;
    assert.deepEqual(targetsOf({ ...job, rules: undefined }), usual);
    const silent = { keptPercent: null, maxAgeHours: null, maxRunMinutes: null };
    assert.deepEqual(targetsOf({ ...job, rules: silent }), usual);
    assert.deepEqual(targetsOf({ ...job, rules: { keptPercent: 80, maxAgeHours: 12, maxRunMinutes: 1.5 } }), {
      keptPercent: 80,
      maxAgeHours: 12,
      maxRunSeconds: 90,
    });
  });
});
