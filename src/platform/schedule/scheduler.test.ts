import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';

import { type Clock, systemRandom } from '#kernel/clock';
import { DAY, HOUR, MINUTE, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';
import { createEmbeddedDelivery, createJobQueue, defineJob, jobMigrations } from '#platform/jobs';
import { forEachDatabase, type TestDatabases } from '#stand-ins/databases';

import { createScheduler, defineSchedule, scheduleMigrations, startScheduleTicker } from './index.ts';

const tidy = defineJob({ name: 'test.tidy-up', payload: z.object({ what: z.string() }) });
const start = Date.parse('2026-11-22T00:00:00.000Z');
const daily = defineSchedule({
  id: 'test.daily',
  job: tidy,
  payload: { what: 'attic' },
  timing: { kind: 'cron', cron: '0 6 * * *', zone: 'UTC' },
});

function movingClock(): Clock & { move(ms: number): void } {
  let now = start;
  return { now: () => now, monotonic: () => now, move: (ms) => void (now += ms) };
}

function over(database: Database, clock: Clock, kinds = [tidy]) {
  const jobs = createJobQueue({ database, delivery: createEmbeddedDelivery(clock), clock, random: systemRandom });
  const scheduler = createScheduler({ database, jobs, clock, kinds });
  return {
    jobs,
    scheduler,
    made: async () => (await jobs.list({ limit: 100 })).map(({ payload }) => payload),
    set: async (definition = daily) => database.transaction(async (tx) => scheduler.upsert(tx, definition)),
  };
}

async function bench(databases: TestDatabases) {
  const clock = movingClock();
  const database = await databases.open([...jobMigrations, ...scheduleMigrations]);
  return { ...over(database, clock), clock, database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

describe('the scheduler', () => {
  forEachDatabase((databases) => {
    it('makes one job when the time has come, and shows the next one', async () => {
      await using on = await bench(databases);
      await on.set();
      assert.equal(await on.scheduler.enqueueDue('a'), 0);
      on.clock.move(6 * HOUR + SECOND);
      assert.equal(await on.scheduler.enqueueDue('a'), 1);
      assert.equal(await on.scheduler.enqueueDue('a'), 0);
      assert.deepEqual(await on.made(), [{ what: 'attic' }]);
      const view = await on.scheduler.find('test.daily');
      assert.equal(view?.nextRun, '2026-11-23T06:00:00.000Z');
      assert.equal(view?.lastRun, '2026-11-22T06:00:01.000Z');
    });

    it('makes up for missed times by one run, or waits for the next, as the schedule says', async () => {
      await using on = await bench(databases);
      await on.set();
      await on.set({ ...daily, id: 'test.skipping', payload: { what: 'skipped' }, catchUp: 'skip' });
      on.clock.move(5 * DAY);
      assert.equal(await on.scheduler.enqueueDue('a'), 1);
      assert.deepEqual(await on.made(), [{ what: 'attic' }]);
      for (const { nextRun } of await on.scheduler.list()) assert.equal(nextRun, '2026-11-27T06:00:00.000Z');
      const [run] = await on.scheduler.runs('test.daily', 10);
      assert.equal(run?.plannedAt, '2026-11-22T06:00:00.000Z');
      assert.deepEqual(await on.scheduler.runs('test.skipping', 10), []);
    });

    it('gives the work to one of many nodes that look at the same moment', async () => {
      await using on = await bench(databases);
      await on.set();
      await on.set({ ...daily, id: 'test.second', payload: { what: 'cellar' } });
      on.clock.move(6 * HOUR);
      const others = ['a', 'b', 'c', 'd', 'e'].map((holder) => on.scheduler.enqueueDue(holder));
      const made = await Promise.all(others);
      assert.deepEqual(
        made.toSorted((a, b) => a - b),
        [0, 0, 0, 0, 2],
      );
      assert.equal((await on.made()).length, 2);
    });

    it('is led by another node once the leader has been silent for the lease', async () => {
      await using on = await bench(databases);
      await on.set({ ...daily, overlap: 'allow', timing: { kind: 'interval', everyMs: 20 * SECOND } });
      on.clock.move(20 * SECOND);
      assert.equal(await on.scheduler.enqueueDue('a'), 1);
      on.clock.move(20 * SECOND);
      assert.equal(await on.scheduler.enqueueDue('b'), 0);
      on.clock.move(20 * SECOND);
      assert.equal(await on.scheduler.enqueueDue('b'), 1);
    });

    it('loses nothing and doubles nothing when it breaks off before the commit', async () => {
      await using on = await bench(databases);
      await on.set();
      on.clock.move(6 * HOUR);
      const breaking = createScheduler({
        database: on.database,
        clock: on.clock,
        kinds: [tidy],
        jobs: {
          get: async (id) => on.jobs.get(id),
          enqueue: async (tx, kind, payload, options) => {
            await on.jobs.enqueue(tx, kind, payload, options);
            throw new Error('killed here');
          },
        },
      });
      await assert.rejects(breaking.enqueueDue('a'), /killed here/);
      assert.deepEqual(await on.made(), []);
      assert.equal(await on.scheduler.enqueueDue('a'), 1);
      assert.equal((await on.made()).length, 1);
    });

    it('keeps the next run when it is set up again at each start, and takes a new timing over', async () => {
      await using on = await bench(databases);
      await on.set({ ...daily, timing: { kind: 'interval', everyMs: HOUR } });
      on.clock.move(30 * MINUTE);
      await on.set({ ...daily, timing: { kind: 'interval', everyMs: HOUR } });
      assert.equal((await on.scheduler.find('test.daily'))?.nextRun, '2026-11-22T01:00:00.000Z');
      await on.set();
      assert.equal((await on.scheduler.find('test.daily'))?.nextRun, '2026-11-22T06:00:00.000Z');
    });

    it('does nothing while switched off, and starts with the next time from now', async () => {
      await using on = await bench(databases);
      await on.set();
      await on.database.transaction(async (tx) => on.scheduler.setEnabled(tx, 'test.daily', false));
      on.clock.move(2 * DAY);
      assert.equal(await on.scheduler.enqueueDue('a'), 0);
      assert.equal((await on.scheduler.find('test.daily'))?.nextRun, null);
      await on.database.transaction(async (tx) => on.scheduler.setEnabled(tx, 'test.daily', true));
      assert.equal(await on.scheduler.enqueueDue('a'), 0);
      assert.equal((await on.scheduler.find('test.daily'))?.nextRun, '2026-11-24T06:00:00.000Z');
    });

    it('runs by hand beside the plan, and remembers both', async () => {
      await using on = await bench(databases);
      await on.set({ ...daily, overlap: 'allow' });
      const jobId = await on.database.transaction(async (tx) => on.scheduler.trigger(tx, 'test.daily'));
      on.clock.move(6 * HOUR);
      await on.scheduler.enqueueDue('a');
      const runs = await on.scheduler.runs('test.daily', 10);
      assert.deepEqual(
        runs.map(({ trigger }) => trigger),
        ['planned', 'manual'],
      );
      assert.equal(runs[1]?.jobId, jobId);
      await assert.rejects(
        on.database.transaction(async (tx) => on.scheduler.trigger(tx, 'test.nothing')),
        { code: 'schedule.not-found' },
      );
    });

    it('skips a time, with a record, while the run before has not ended', async () => {
      await using on = await bench(databases);
      const hourly = { ...daily, timing: { kind: 'interval', everyMs: HOUR } as const };
      await on.set(hourly);
      await on.set({ ...hourly, id: 'test.piling-up', overlap: 'allow' });
      on.clock.move(HOUR);
      assert.equal(await on.scheduler.enqueueDue('a'), 2);
      const [first] = await on.scheduler.runs('test.daily', 10);
      assert.ok(first !== undefined);
      for (let hour = 0; hour < 2; hour += 1) {
        on.clock.move(HOUR);
        assert.equal(await on.scheduler.enqueueDue('a'), 1, 'the other one piles up');
      }
      const runs = await on.scheduler.runs('test.daily', 10);
      assert.deepEqual(
        runs.map(({ plannedAt, skipped, jobId }) => [plannedAt.slice(11, 13), skipped, jobId]),
        [
          ['03', true, first.jobId],
          ['02', true, first.jobId],
          ['01', false, first.jobId],
        ],
      );
      assert.equal((await on.scheduler.find('test.daily'))?.lastRun, first.enqueuedAt);

      await on.database.transaction(async (tx) => on.jobs.cancel(tx, first.jobId));
      on.clock.move(HOUR);
      assert.equal(await on.scheduler.enqueueDue('a'), 2);
      assert.equal((await on.scheduler.runs('test.daily', 1))[0]?.skipped, false);
    });

    it('tells of a schedule nobody can run, without holding up the others', async () => {
      await using on = await bench(databases);
      const gone = defineJob({ name: 'test.gone', payload: z.object({}) });
      await on.database.transaction(async (tx) =>
        on.scheduler.upsert(tx, { ...daily, id: 'test.a-faulty', job: gone, payload: {} }),
      );
      await on.set();
      on.clock.move(6 * HOUR);
      assert.equal(await on.scheduler.enqueueDue('a'), 1);
      assert.equal((await on.scheduler.find('test.a-faulty'))?.fault, 'schedule.unknown-job');
    });

    it('counts what is late, and the ticker brings it down', async () => {
      await using on = await bench(databases);
      await on.set();
      on.clock.move(6 * HOUR + 61 * SECOND);
      assert.equal(await on.scheduler.late(), 1);
      const made = Promise.withResolvers<void>();
      on.jobs.onWork(() => made.resolve());
      await using _ticker = startScheduleTicker({
        scheduler: on.scheduler,
        holder: 'a',
        reportError: (error) => made.reject(error),
        everyMs: 5,
      });
      await made.promise;
      assert.equal(await on.scheduler.late(), 0);
    });
  });

  it('refuses an id that names nothing', () => {
    assert.throws(() => defineSchedule({ ...daily, id: 'Daily' }), RangeError);
  });
});
