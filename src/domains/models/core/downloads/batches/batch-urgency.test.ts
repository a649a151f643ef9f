import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { HOUR } from '#kernel/units';

import { batchOptionsSchema } from '../../../contract/batch-shapes.ts';
import type { BatchRow } from '../../../store/batch-store.ts';
import { hasMoreUrgent, mostUrgentFirst, urgencyOf } from './batch-urgency.ts';

const now = Date.parse('2026-11-22T12:00:00.000Z');

function batch(id: string, options: object, facts: Partial<BatchRow> = {}): BatchRow {
  return {
    id,
    position: 1,
    name: id,
    status: 'pending',
    reason: null,
    origin: [],
    options: batchOptionsSchema.parse(options),
    byServer: true,
    run: 0,
    used: { files: 0, bytes: 0, ms: 0 },
    waitsUntil: null,
    waitingSince: new Date(now).toISOString(),
    boost: 0,
    actor: { kind: 'cli', id: 'local', name: 'local' },
    createdAt: '2026-11-20T00:00:00.000Z',
    startedAt: null,
    updatedAt: '2026-11-20T00:00:00.000Z',
    endedAt: null,
    ...facts,
  };
}

function waitedFor(hours: number): Partial<BatchRow> {
  return { waitingSince: new Date(now - hours * HOUR).toISOString() };
}

describe('whose turn it is', () => {
  it('goes by priority, equal ones in their order', () => {
    const waiting = [
      batch('a', { priority: 'low' }),
      batch('b', {}),
      batch('c', { priority: 'urgent' }),
      batch('d', {}),
    ];
    assert.deepEqual(
      mostUrgentFirst(waiting, now).map(({ id }) => id),
      ['c', 'b', 'd', 'a'],
    );
  });

  it('comes nearer by a step for each hour of waiting, up to the highest', () => {
    assert.equal(urgencyOf(batch('a', { priority: 'low' }, waitedFor(0.9)), now), 0);
    assert.equal(urgencyOf(batch('a', { priority: 'low' }, waitedFor(2)), now), 2);
    assert.equal(urgencyOf(batch('a', { priority: 'low' }, waitedFor(1000)), now), 3);
    assert.equal(urgencyOf(batch('a', { priority: 'low', priorityBoost: false }, waitedFor(1000)), now), 0);
  });

  it('does not begin while the time of a window has yet to come', () => {
    const later = { waitingSince: new Date(now + HOUR).toISOString() };
    assert.equal(urgencyOf(batch('a', { priority: 'low' }, later), now), 0);
  });

  it('lets one that has waited overtake one that runs, which then does not take it back at once', () => {
    const running = batch('high', { priority: 'high' }, { status: 'processing', waitingSince: null });
    const old = batch('low', { priority: 'low' }, waitedFor(3));
    const question = { now, except: new Set<string>() };
    assert.ok(hasMoreUrgent(running, [running, old], question));
    assert.ok(!hasMoreUrgent(running, [running, old], { now, except: new Set(['low']) }));
    const nowRunning: BatchRow = { ...old, status: 'processing', boost: 3, waitingSince: null };
    const nowWaiting: BatchRow = { ...running, status: 'pending', ...waitedFor(0) };
    assert.ok(!hasMoreUrgent(nowRunning, [nowWaiting, nowRunning], question));
  });
});
