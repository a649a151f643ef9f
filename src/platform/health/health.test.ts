import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';

import { probeHealth } from './health.ts';

describe('probeHealth', () => {
  it('is as bad as the worst probe and says why', async () => {
    const report = await probeHealth(
      [
        { name: 'fine', run: async () => ({ state: 'ok', detail: '12 ms' }) },
        {
          name: 'broken',
          run: async () => {
            throw new Error('disk on fire');
          },
        },
      ],
      systemClock,
    );
    assert.equal(report.state, 'failed');
    assert.deepEqual(
      report.probes.map((probe) => [probe.name, probe.state]),
      [
        ['fine', 'ok'],
        ['broken', 'failed'],
      ],
    );
    assert.match(report.probes[1]?.detail ?? '', /disk on fire/);
  });
});
