import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import { HOUR, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import type { ProbeState } from '#platform/health';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { availabilityMigrations } from '../store/availability-tables.ts';
import { createAvailability } from './availability.ts';

const begin = Date.UTC(2026, 10, 22, 14);

function openBench(database: Database) {
  const bench = { now: begin, state: 'ok' as ProbeState, isStored: true };
  const clock = { now: () => bench.now, monotonic: () => bench.now };
  const { unitOfWork } = createTestPlatform(database, { clock });
  const availability = createAvailability({
    database,
    unitOfWork: {
      write: async (actor, work, options) => {
        if (!bench.isStored) throw new Error('the database is away');
        return await unitOfWork.write(actor, work, options);
      },
    },
    clock,
    ids: createIdSource(clock, systemRandom),
    probes: [{ name: 'database', run: async () => ({ state: bench.state, detail: `is ${bench.state}` }) }],
    zone: () => 'Asia/Tokyo',
    targetPercent: () => 99.5,
  });
  /** Minutes that pass, with a look at the end of each. */
  async function live(minutes: number, state: ProbeState = 'ok'): Promise<void> {
    bench.state = state;
    for (let minute = 0; minute < minutes; minute += 1) {
      bench.now += MINUTE;
      await availability.observe().catch(() => undefined);
    }
  }
  return { bench, availability, live };
}

forEachDatabase((databases) => {
  async function open() {
    return databases.open([...writeMigrations, ...availabilityMigrations]);
  }

  it('tells faults, even of the database itself, from stops and from having vanished', async () => {
    await using database = await open();
    const { bench, availability, live } = openBench(database);
    assert.equal((await availability.read({ by: 'day' })).observedSince, null);

    await live(60);
    bench.isStored = false;
    await live(10, 'failed');
    bench.isStored = true;
    await live(30, 'degraded');
    await availability.noteStop();
    bench.now += HOUR;
    await live(20);
    bench.now += 2 * HOUR;
    await live(10);

    const view = await availability.read({ by: 'month', from: '2026-11-01', to: '2026-11-30' });
    const { upSeconds, degradedSeconds, downSeconds, stoppedSeconds, incidents } = view.total;
    // 59 minutes well, ten failed, thirty degraded but for the look that came an hour later, and so on.
    assert.deepEqual(
      { upSeconds, degradedSeconds, downSeconds, stoppedSeconds, incidents },
      {
        upSeconds: (59 + 29 + 19 + 9) * 60 + 60,
        degradedSeconds: 29 * 60,
        downSeconds: 10 * 60 + 121 * 60,
        stoppedSeconds: 61 * 60,
        incidents: 2,
      },
    );
    assert.deepEqual(
      view.incidents.map(({ kind, probes, detail, seconds }) => [kind, probes, detail, seconds]),
      [
        ['vanished', [], null, 121 * 60],
        ['failed', ['database'], 'is failed', 600],
      ],
    );
    assert.equal(view.budget.leftSeconds, view.budget.allowedSeconds - downSeconds);
    assert.equal(view.mttrSeconds, (121 * 60 + 600) / 2);
    // The day of Tokyo begins at 15:00 UTC, one hour after the first look.
    const days = await availability.read({ by: 'day', from: '2026-11-22', to: '2026-11-23' });
    assert.deepEqual(
      days.periods.map((one) => [one.from, one.incidents]),
      [
        ['2026-11-22', 0],
        ['2026-11-23', 2],
      ],
    );
  });

  it('stores at the stop what could not be stored before it', async () => {
    await using database = await open();
    const { bench, availability, live } = openBench(database);
    await live(10);
    bench.isStored = false;
    await live(20, 'failed');
    bench.isStored = true;
    await availability.noteStop();
    bench.now += HOUR;
    await live(1);
    const { total } = await availability.read({ by: 'day', from: '2026-11-22', to: '2026-11-23' });
    assert.deepEqual([total.downSeconds, total.stoppedSeconds], [19 * 60, 61 * 60]);
  });

  it('two processes that look in turn make one span', async () => {
    await using database = await open();
    const { bench, availability, live } = openBench(database);
    await live(3);
    // A look that another process overtook says nothing new.
    bench.now -= 2 * MINUTE;
    bench.state = 'failed';
    await availability.observe();
    bench.now += 2 * MINUTE;
    const { total, incidents } = await availability.read({ by: 'day' });
    assert.deepEqual([total.downSeconds, incidents.length], [0, 0]);
    for (const [from, to] of [
      ['2026-01-02', '2026-01-01'],
      ['2024-01-01', '2026-01-01'],
      ['9999-12-31', '9999-12-31'],
    ] as const) {
      await assert.rejects(availability.read({ by: 'day', from, to }), { code: 'availability.bad-period' });
    }
  });
});
