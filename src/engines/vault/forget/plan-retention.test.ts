import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as assertProperty, integer, nat, pre, property, record, uniqueArray } from 'fast-check';

import { instant } from '#kernel/brands';
import type { KuraError } from '#kernel/errors';
import { DAY, HOUR } from '#kernel/units';

import { blobId } from '../format/blob.ts';
import { createCalendar } from './calendar.ts';
import { isEmptyPolicy, type KeepPolicy, planRetention, type RetentionFacts } from './plan-retention.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const unheld = { now, timeZone: 'UTC', isHeld: () => false };

function snapshotAt(time: string | number, facts: Partial<RetentionFacts> = {}): RetentionFacts {
  const startedAt = instant(new Date(time));
  const id = blobId(
    Buffer.from(`${startedAt}${facts.host ?? ''}`)
      .toString('hex')
      .padEnd(64, '0')
      .slice(0, 64),
  );
  return { id, startedAt, host: 'one', source: '/data', tags: [], result: 'complete', ...facts };
}

function keptTimes(
  times: readonly string[],
  policy: KeepPolicy,
  options: { now: number; timeZone: string; isHeld: (id: RetentionFacts['id']) => boolean } = unheld,
): readonly string[] {
  const { keep } = planRetention(
    times.map((time) => snapshotAt(time)),
    policy,
    options,
  );
  return keep.map(({ snapshot }) => snapshot.startedAt.replace(':00.000Z', 'Z')).toSorted();
}

describe('the periods of a calendar', () => {
  const cases: readonly [string, string, string, Partial<ReturnType<ReturnType<typeof createCalendar>>>][] = [
    ['a day begins at midnight of the zone', 'Asia/Tokyo', '2026-11-21T15:00:00Z', { daily: '2026-11-22' }],
    ['… and not a second earlier', 'Asia/Tokyo', '2026-11-21T14:59:59Z', { daily: '2026-11-21' }],
    ['Monday begins the ISO week', 'UTC', '2026-11-23T00:00:00Z', { weekly: '2026-W48' }],
    ['Sunday still belongs to the one before', 'UTC', '2026-11-22T23:59:59Z', { weekly: '2026-W47' }],
    ['1 January may lie in the last week of the old year', 'UTC', '2027-01-01T00:00:00Z', { weekly: '2026-W53' }],
    ['31 December may lie in the first week of the new year', 'UTC', '2024-12-31T00:00:00Z', { weekly: '2025-W01' }],
    ['29 February is a day of its own', 'UTC', '2028-02-29T12:00:00Z', { daily: '2028-02-29', monthly: '2028-02' }],
    ['the year turns in the zone', 'Asia/Tokyo', '2026-12-31T15:00:00Z', { yearly: '2027', monthly: '2027-01' }],
  ];
  for (const [name, zone, time, expected] of cases) {
    it(name, () => {
      const names = createCalendar(zone)(instant(new Date(time)));
      assert.deepEqual({ ...names, ...expected }, names);
    });
  }

  it('the hour that comes twice in autumn is two hours, the one that is skipped in spring none', () => {
    const berlin = createCalendar('Europe/Berlin');
    function hours(times: readonly string[]): number {
      return new Set(times.map((time) => berlin(instant(new Date(time))).hourly)).size;
    }
    assert.equal(hours(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z']), 3);
    assert.equal(hours(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z']), 2);
  });

  it('refuses a zone that does not exist', () => {
    assert.throws(
      () => createCalendar('Moon/Tranquility'),
      (error: KuraError) => error.code === 'vault.time-zone-unknown',
    );
  });
});

describe('grandfather, father, son', () => {
  it('keeps the newest snapshot of each of the newest periods', () => {
    const times = [
      '2026-11-19T03:00Z',
      '2026-11-20T03:00Z',
      '2026-11-20T15:00Z',
      '2026-11-21T03:00Z',
      '2026-11-22T03:00Z',
    ];
    assert.deepEqual(keptTimes(times, { daily: 3 }), ['2026-11-20T15:00Z', '2026-11-21T03:00Z', '2026-11-22T03:00Z']);
  });

  it('counts periods that have a snapshot, so that a pause costs nothing', () => {
    const times = ['2025-03-01T03:00Z', '2026-01-01T03:00Z', '2026-11-22T03:00Z'];
    assert.deepEqual(keptTimes(times, { monthly: 3 }), times);
  });

  it('joins its rules: what one of them keeps stays', () => {
    const times = [
      '2024-02-29T03:00Z',
      '2025-12-31T23:00Z',
      '2026-11-01T03:00Z',
      '2026-11-16T03:00Z',
      '2026-11-22T03:00Z',
    ];
    const policy = { last: 1, weekly: 2, monthly: 2, yearly: 3 };
    assert.deepEqual(keptTimes(times, policy), [
      '2024-02-29T03:00Z',
      '2025-12-31T23:00Z',
      '2026-11-01T03:00Z',
      '2026-11-22T03:00Z',
    ]);
  });

  it('puts days where the zone puts them', () => {
    const times = ['2026-11-21T14:30Z', '2026-11-21T15:30Z'];
    assert.deepEqual(keptTimes(times, { daily: 2 }), ['2026-11-21T15:30Z']);
    assert.deepEqual(keptTimes(times, { daily: 2 }, { ...unheld, timeZone: 'Asia/Tokyo' }), times);
  });

  it('keeps all of both equal hours in autumn', () => {
    const times = ['2026-10-25T00:30Z', '2026-10-25T01:30Z'];
    assert.deepEqual(keptTimes(times, { hourly: 2 }, { ...unheld, timeZone: 'Europe/Berlin' }), times);
  });

  it('measures "within" from the newest snapshot, not from today', () => {
    const times = ['2026-01-01T00:00Z', '2026-01-06T00:00Z', '2026-01-08T00:00Z'];
    assert.deepEqual(keptTimes(times, { withinMs: 3 * DAY }), ['2026-01-06T00:00Z', '2026-01-08T00:00Z']);
  });

  it('keeps what is held or carries a tag', () => {
    const tagged = snapshotAt('2020-01-01T00:00Z', { tags: ['keep'] });
    const held = snapshotAt('2020-01-02T00:00Z');
    const other = snapshotAt('2020-01-03T00:00Z');
    const newest = snapshotAt('2026-11-22T00:00Z');
    const plan = planRetention(
      [tagged, held, other, newest],
      { last: 1, tags: ['keep'] },
      {
        ...unheld,
        isHeld: (id) => id === held.id,
      },
    );
    assert.deepEqual(
      plan.keep.map(({ snapshot, reasons }) => [snapshot, reasons]),
      [
        [newest, ['last']],
        [held, ['hold']],
        [tagged, ['tag']],
      ],
    );
    assert.deepEqual(plan.remove, [other]);
  });

  it('does not let a forged time push the real ones out', () => {
    const times = ['2026-11-20T03:00Z', '2026-11-21T03:00Z', '2099-01-01T00:00Z', '2099-01-02T00:00Z'];
    assert.deepEqual(keptTimes(times, { last: 2 }), times);
  });

  it('never forgets the last complete snapshot for newer partial ones', () => {
    const complete = snapshotAt('2026-11-01T00:00Z');
    const partial = [1, 2, 3].map((day) => snapshotAt(`2026-11-0${day + 1}T00:00Z`, { result: 'partial' }));
    const plan = planRetention([complete, ...partial], { last: 2 }, unheld);
    assert.deepEqual(plan.remove, [partial[0]]);
    assert.deepEqual(plan.keep.at(-1), { snapshot: complete, reasons: ['last-complete'] });
  });

  it('counts each machine and folder apart', () => {
    const all = ['one', 'two'].flatMap((host) => [snapshotAt(now - DAY, { host }), snapshotAt(now - HOUR, { host })]);
    assert.equal(planRetention(all, { last: 1 }, unheld).remove.length, 2);
  });

  it('tells an empty policy', () => {
    assert.ok(isEmptyPolicy({}));
    assert.ok(isEmptyPolicy({ daily: 0, tags: [], withinMs: 0 }));
    assert.ok(!isEmptyPolicy({ yearly: 1 }));
  });

  it('forgets nothing that it keeps, keeps the newest, and keeps no less when asked for more', () => {
    const hours = uniqueArray(integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 40 });
    const policies = record({
      last: nat(3),
      hourly: nat(3),
      daily: nat(8),
      weekly: nat(5),
      monthly: nat(13),
      yearly: nat(3),
    });
    assertProperty(
      property(hours, policies, (ages, policy) => {
        pre(!isEmptyPolicy(policy));
        const all = ages.map((age) => snapshotAt(now - age * HOUR));
        const plan = planRetention(all, policy, unheld);
        assert.equal(plan.keep.length + plan.remove.length, all.length);
        const newest = all.reduce((one, other) => (one.startedAt > other.startedAt ? one : other));
        assert.ok(plan.keep.some(({ snapshot }) => snapshot === newest));
        const more = planRetention(all, { ...policy, daily: policy.daily + 1 }, unheld);
        for (const { snapshot } of plan.keep) assert.ok(more.keep.some((kept) => kept.snapshot === snapshot));
        // Forgetting twice is forgetting once.
        const again = planRetention(
          plan.keep.map(({ snapshot }) => snapshot),
          policy,
          unheld,
        );
        assert.deepEqual(again.remove, []);
      }),
      { numRuns: 60 },
    );
  });
});
