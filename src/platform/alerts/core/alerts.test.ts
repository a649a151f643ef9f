import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { instant } from '#kernel/brands';
import { systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import { DAY, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Notice } from '#platform/notify';
import { createTestPlatform, testActor, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { alertTypeNames } from '../contract/index.ts';
import { alertMigrations } from '../store/alert-tables.ts';
import type { AlertSignal } from './alert.ts';
import { createAlerts } from './alerts.ts';
import { figuresOf } from './measure-alerts.ts';

const begin = Date.UTC(2026, 10, 22, 14);

function openBench(database: Database) {
  const told: Notice[] = [];
  const bench = { now: begin };
  const clock = { now: () => bench.now, monotonic: () => bench.now };
  const { unitOfWork } = createTestPlatform(database, { clock });
  const alerts = createAlerts({
    database,
    unitOfWork,
    clock,
    ids: createIdSource(clock, systemRandom),
    scheduler: { upsert: async () => undefined },
    notifier: {
      tell: async (_tx, notice) => {
        told.push(notice);
      },
    },
    escalation: () => ({ critical: [15], error: [60], warning: [], info: [] }),
    keepDays: () => 30,
  });
  let position = 0;
  return {
    alerts,
    pass: (ms: number) => {
      bench.now += ms;
    },
    happened: () => {
      position += 1;
      bench.now += 1;
      return { at: instant(new Date(bench.now)), position };
    },
    tellings: () => told.map(({ kind, event, level }) => `${kind} ${event} ${level}`),
    act: (action: 'acknowledge' | 'reopen' | 'resolve', ...ids: readonly string[]) =>
      alerts.act(testActor, { ids, action, isVisible: () => true }),
  };
}

function failed(copy: string): AlertSignal {
  const subject = { kind: 'job', id: 'library', name: `Library (${copy})` };
  return { type: 'backup-failed', fingerprint: `backup-failed:${copy}`, subject };
}

forEachDatabase((databases) => {
  async function open() {
    return databases.open([...writeMigrations, ...alertMigrations]);
  }

  describe('alerts', () => {
    it('are raised, counted and cleared once per event, however often it comes', async () => {
      await using database = await open();
      const { alerts, happened, tellings } = openBench(database);
      const [first, second, good] = [happened(), happened(), happened()];
      for (const occurrence of [first, second, first]) await alerts.raise(failed('nas'), occurrence);
      await alerts.clear('backup-failed:nas', good);
      // After a crash the same events come once more.
      for (const occurrence of [first, second]) await alerts.raise(failed('nas'), occurrence);
      await alerts.clear('backup-failed:nas', good);
      const all = await alerts.list({ state: 'all', types: alertTypeNames, limit: 10 });
      assert.deepEqual(
        all.map(({ state, count }) => [state, count]),
        [['resolved', 2]],
      );
      assert.deepEqual(tellings(), ['backup-failed raised 0', 'backup-failed resolved 0']);
      const history = await alerts.history(all[0]?.id ?? '');
      assert.deepEqual(
        history.map(({ change }) => change),
        ['raised', 'cleared'],
      );
    });

    it('are one at a time, also when two hear of it at once', async () => {
      await using database = await open();
      const { alerts, happened } = openBench(database);
      await Promise.all([alerts.raise(failed('nas'), happened()), alerts.raise(failed('nas'), happened())]);
      const all = await alerts.list({ state: 'all', types: alertTypeNames, limit: 10 });
      assert.equal(all.length, 1);
    });

    it('come most severe first, page by page, and are counted by state', async () => {
      await using database = await open();
      const { alerts, happened, act } = openBench(database);
      for (const copy of ['a', 'b', 'c', 'd', 'e']) await alerts.raise(failed(copy), happened());
      await alerts.raise({ ...failed('f'), severity: 'critical' }, happened());
      const [worst, next] = await alerts.list({ state: 'active', types: alertTypeNames, limit: 2 });
      assert.deepEqual([worst?.subject.name, next?.subject.name], ['Library (f)', 'Library (e)']);
      const after = { rank: 2, id: next?.id ?? '' };
      const rest = await alerts.list({ state: 'active', types: alertTypeNames, limit: 9, after });
      assert.deepEqual(
        rest.map(({ subject }) => subject.name.slice(-2, -1)),
        ['d', 'c', 'b', 'a'],
      );
      await act('acknowledge', worst?.id ?? '');
      const counts = await alerts.counts(alertTypeNames);
      const open5 = counts.filter(({ state, count }) => state === 'open' && count > 0);
      assert.deepEqual(open5, [{ severity: 'error', state: 'open', count: 5 }]);
      assert.deepEqual(await alerts.list({ state: 'active', types: [], limit: 9 }), []);
    });

    it('escalate by time, stop when somebody takes them on, and are measured', async () => {
      await using database = await open();
      const { alerts, happened, act, pass, tellings } = openBench(database);
      await alerts.raise(failed('nas'), happened());
      const [alert] = await alerts.list({ state: 'open', types: alertTypeNames, limit: 1 });
      const id = alert?.id ?? '';
      await alerts.lookAgain(id);
      pass(60 * MINUTE);
      await alerts.lookAgain(id);
      await act('acknowledge', id);
      pass(60 * MINUTE);
      await alerts.lookAgain(id);
      assert.deepEqual(tellings(), ['backup-failed raised 0', 'backup-failed escalated 1']);
      const rows = await alerts.times(alertTypeNames, instant(new Date(begin - DAY)));
      const figures = figuresOf(rows).find(({ severity }) => severity === 'error');
      assert.deepEqual([figures?.withinTarget, figures?.medianMinutesToAcknowledge], [1, 60]);
    });

    it('that are over are forgotten after their days, and an older one is not opened beside a newer one', async () => {
      await using database = await open();
      const { alerts, happened, act, pass } = openBench(database);
      await alerts.raise(failed('nas'), happened());
      const [old] = await alerts.list({ state: 'open', types: alertTypeNames, limit: 1 });
      pass(1);
      await act('resolve', old?.id ?? '');
      pass(DAY);
      await alerts.raise(failed('nas'), happened());
      const { refused } = await act('reopen', old?.id ?? '');
      assert.equal(refused[0]?.error.code, 'alerts.newer-exists');
      assert.equal(await alerts.tidy(), 0);
      pass(30 * DAY);
      assert.equal(await alerts.tidy(), 1);
      assert.deepEqual(await alerts.history(old?.id ?? ''), []);
    });
  });
});
