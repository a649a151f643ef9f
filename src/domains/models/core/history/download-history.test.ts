import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import type { DownloadFact } from '../../store/download-history-store.ts';
import { addUp, conditionsOf } from './download-history.ts';

function fact(changes: Partial<DownloadFact>): DownloadFact {
  return {
    type: 'LORA',
    status: 'placed',
    sizeBytes: 100,
    seconds: 1,
    networkBytes: 100,
    reasonCode: null,
    ...changes,
  };
}

describe('statistics of downloads', () => {
  it('add up per type, with the middle speed and the reasons of failures', () => {
    const failed = { status: 'failed', seconds: null, networkBytes: null } as const;
    const { total, byType, reasons } = addUp([
      fact({ networkBytes: 300 }),
      fact({ networkBytes: 100 }),
      fact({ networkBytes: 10_000 }),
      fact({ type: 'Checkpoint', sizeBytes: 5000, networkBytes: 200, seconds: 2 }),
      fact({ ...failed, reasonCode: 'transfer.not-found' }),
      fact({ ...failed, reasonCode: 'transfer.not-found' }),
      fact({ ...failed, reasonCode: 'transfer.stalled' }),
      fact({ status: 'skipped', seconds: null, networkBytes: null, reasonCode: 'models.beside-renewed' }),
    ]);
    assert.deepEqual(
      byType.map(({ type, files, placed, failed: broken }) => [type, files, placed, broken]),
      [
        ['Checkpoint', 1, 1, 0],
        ['LORA', 7, 3, 3],
      ],
    );
    assert.deepEqual([byType[1]?.medianBytesPerSecond, byType[0]?.medianBytesPerSecond], [300, 100]);
    assert.deepEqual([total.bytes, total.networkBytes, total.medianBytesPerSecond], [5300, 10_600, 200]);
    assert.deepEqual(reasons, [
      { code: 'transfer.not-found', count: 2 },
      { code: 'transfer.stalled', count: 1 },
    ]);
  });

  it('of nothing are nothing, not zero speed', () => {
    assert.deepEqual(addUp([]).total, {
      files: 0,
      placed: 0,
      failed: 0,
      bytes: 0,
      networkBytes: 0,
      medianBytesPerSecond: null,
    });
  });
});

describe('conditionsOf', () => {
  const clock = { now: () => Date.parse('2026-11-22T12:00:00Z'), monotonic: () => 0 };

  it('takes a day to its end, and spans back from now', () => {
    const { from, before } = conditionsOf({ since: '7d', until: '2026-11-20' }, clock);
    assert.equal(from, new Date(clock.now() - 7 * DAY).toISOString());
    assert.equal(before, '2026-11-21T00:00:00.000Z');
    assert.equal(conditionsOf({ until: '2026-11-20T10:00:00Z' }, clock).before, '2026-11-20T10:00:00.000Z');
  });
});
