/** What happens by time: watches look through schedule and job, histories end, and a killed reader is followed by another. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, beforeEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Clock, systemClock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import { collectQuerySchema, startCollectionSchema } from '#models/contract';
import { startJobWorkers } from '#platform/jobs';
import { createScheduler } from '#platform/schedule';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 150 });
});
after(async () => simulator[Symbol.asyncDispose]());

function later(ms: number): Clock {
  return { now: () => Date.now() + ms, monotonic: () => performance.now() };
}

function schedulerOf(bench: ModelBench, clock: Clock) {
  const kinds = bench.models.jobHandlers.map(({ kind }) => kind);
  return createScheduler({ database: bench.database, jobs: bench.jobs, clock, kinds });
}

async function untilDone(bench: ModelBench, name: string, count: number): Promise<void> {
  await using _workers = startJobWorkers({
    queue: bench.jobs,
    handled: bench.models.jobHandlers,
    clock: systemClock,
    worker: 'test',
    reportError: (error) => assert.fail(String(error)),
    pollMs: 20,
  });
  const end = Date.now() + 60_000;
  while ((await bench.jobs.list({ name, status: 'done', limit: 10 })).length < count) {
    assert.ok(Date.now() < end, `${name} is not done`);
    await sleep(20);
  }
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('looks by itself when the time of a watch has come, once for all the times that were missed', async () => {
    await using bench = await openOver(databases, simulator);
    await bench.models.savedSearches.save('loras', collectQuerySchema.parse({ type: ['LORA'] }), testActor);
    const timing = { kind: 'cron', cron: '0 6 * * *', zone: 'Europe/Berlin' } as const;
    await bench.models.watches.add({ name: 'daily', search: 'loras', timing }, testActor);
    const week = schedulerOf(bench, later(7 * DAY));
    assert.equal(await week.enqueueDue('node'), 1);
    assert.equal(await week.enqueueDue('node'), 0);
    await untilDone(bench, 'models.run-watch', 1);
    const { watch, known } = await bench.models.watches.read('daily');
    assert.equal(watch.lastOutcome, 'baseline');
    assert.ok(known > 0);
  });

  it('forgets histories and collections of long ago once a day, and nothing younger', async () => {
    await using bench = await openOver(databases, simulator, { overrides: { historyDays: () => 1 } });
    await bench.models.setUpSchedules('Asia/Tokyo', testActor);
    const { collection } = await bench.models.collecting.start(
      startCollectionSchema.parse({ query: collectQuerySchema.parse({ type: ['VAE'] }) }),
      false,
      testActor,
    );
    await bench.models.collecting.run(collection.id, { signal: never });
    await schedulerOf(bench, later(DAY)).enqueueDue('node');
    await untilDone(bench, 'models.prune-history', 1);
    assert.equal((await bench.models.history.list({ limit: 10 })).items.length, 1);

    await bench.database.transaction(async (tx) => {
      const tables = tx.tables<{ search_runs: { started_at: string }; collections: { updated_at: string } }>();
      await tables.updateTable('search_runs').set({ started_at: '2020-01-01T00:00:00.000Z' }).execute();
      await tables.updateTable('collections').set({ updated_at: '2020-01-01T00:00:00.000Z' }).execute();
    });
    await schedulerOf(bench, later(2 * DAY)).enqueueDue('node');
    await untilDone(bench, 'models.prune-history', 2);
    assert.deepEqual((await bench.models.history.list({ limit: 10 })).items, []);
    assert.deepEqual((await bench.models.collecting.list({ limit: 10 })).items, []);
  });

  it('reads the library again when its days are over, and finds what the disk forgot', async () => {
    let days = 30;
    await using bench = await openOver(databases, simulator, { overrides: { verifyDays: () => days } });
    await bench.models.setUpSchedules('Asia/Tokyo', testActor);
    const { versionId, fileId } = simulator.catalogue.known.repairable;
    const [item] = await bench.get([`https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`]);
    assert.ok(item?.path);
    const bytes = await readFile(item.path);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await writeFile(item.path, bytes);
    assert.equal((await schedulerOf(bench, later(29 * DAY)).find('models.verify-library'))?.enabled, true);
    await schedulerOf(bench, later(31 * DAY)).enqueueDue('node');
    await untilDone(bench, 'models.verify-library', 1);
    assert.equal((await bench.models.listLibrary({ limit: 1 })).items[0]?.state, 'damaged');

    days = 0;
    await bench.models.setUpSchedules('Asia/Tokyo', testActor);
    assert.equal(await schedulerOf(bench, systemClock).find('models.verify-library'), undefined);
  });

  it('follows a reader that was killed, and refuses the dead one when it comes back', async () => {
    await using bench = await openOver(databases, simulator);
    const query = collectQuerySchema.parse({ nsfw: 'all' });
    const { collection } = await bench.models.collecting.start(
      startCollectionSchema.parse({ query }),
      false,
      testActor,
    );
    const taken = Promise.withResolvers<void>();
    const old = bench.models.collecting.run(collection.id, {
      signal: never,
      // Another node, which does not see the lock file of this one, takes over behind its back.
      onProgress: ({ pages }) => {
        if (pages === 1) void takeOver(bench, collection.id).then(taken.resolve, taken.reject);
      },
    });
    await assert.rejects(old, { code: 'models.collection-taken-over' });
    await taken.promise;
    assert.equal((await bench.models.collecting.read(collection.id)).status, 'running');
    const whole = await bench.models.collecting.run(collection.id, { signal: never });
    assert.equal(whole.status, 'completed');
    const items = await bench.models.collecting.items(collection.id, { only: 'all', after: -1, limit: 10_000 });
    assert.equal(new Set(items.map(({ versionId }) => versionId)).size, whole.versions);
  });
});

async function takeOver(bench: ModelBench, id: string): Promise<void> {
  await bench.database.transaction(async (tx) =>
    tx
      .tables<{ collections: { id: string; run: number } }>()
      .updateTable('collections')
      .set(({ eb }) => ({ run: eb('run', '+', 1) }))
      .where('id', '=', id)
      .execute(),
  );
}
