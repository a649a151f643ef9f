/** Batches under way: paused, resumed and cancelled from elsewhere, by turns in a server, and after a kill. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { systemClock } from '#kernel/clock';
import { HOUR, MIB } from '#kernel/units';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester } from '../../src/domains/models/testing/model-bench.ts';
import { until, work } from './models/at-work.ts';
import { itemsOf, observer, ordinary, refOf, startForServer, startHere, untilStatus } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

const runner = fileURLToPath(new URL('./processes/run-batch.ts', import.meta.url));
let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 12 });
});
after(async () => simulator[Symbol.asyncDispose]());

function sentBytes(): number {
  const stored = simulator.requests.filter(({ route }) => route === 'storage');
  return stored.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}

async function untilSent(bytes: number): Promise<void> {
  await until(
    async () => sentBytes(),
    (sent) => sent > bytes,
  );
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('are paused, resumed and cancelled from another process within a second, and keep what has arrived', async () => {
    const databaseUrl = await databases.freshUrl();
    await using bench = await openOver(databases, simulator, { databaseUrl });
    await using other = await openOver(databases, simulator, { databaseUrl });
    const { sizeBytes } = simulator.catalogue.known.twoFormats;
    const refs = [refOf(simulator, 'twoFormats'), ...ordinary(simulator, 3).map(({ ref }) => ref)];
    simulator.faults.set({ bytesPerSecond: 2 * MIB });
    const batch = await startHere(bench, { refs }, { strategy: 'sequential', connections: 1 });
    const running = bench.models.runBatchHere(batch.id, observer(), asTester);
    await untilSent(MIB);
    const askedAt = performance.now();
    await other.models.pauseBatch(batch.id, asTester.actor);
    const paused = await running;
    assert.ok(performance.now() - askedAt < 10_000, 'within a second, and some for a busy machine');
    assert.deepEqual([paused.status, paused.reason?.code], ['paused', 'models.batch-paused-by']);
    assert.deepEqual([paused.tally.pending, paused.tally.retries], [4, 0]);

    const before = sentBytes();
    simulator.faults.clear();
    assert.equal((await other.models.resumeBatch(batch.id, asTester.actor)).status, 'pending');
    {
      await using _workers = work(bench);
      const ended = await untilStatus(bench, batch.id, 'completed', 'failed', 'completed_with_errors');
      assert.equal(ended.status, 'completed');
    }
    assert.ok(before > MIB / 2);
    assert.ok(sentBytes() - before < sizeBytes, 'goes on where it stopped');

    const second = await startHere(bench, { refs: [refOf(simulator, 'checkpoint'), refOf(simulator, 'medium')] });
    simulator.faults.set({ bytesPerSecond: MIB / 4 });
    const stopping = bench.models.runBatchHere(second.id, observer(), asTester);
    await until(
      async () => itemsOf(other, second.id),
      (items) => items.some(({ status }) => status === 'processing'),
    );
    await other.models.cancelBatch(second.id, asTester.actor);
    const cancelled = await stopping;
    assert.deepEqual([cancelled.status, cancelled.tally.cancelled], ['cancelled', 2]);
    simulator.faults.clear();
    await other.models.retryBatch(second.id, asTester.actor);
    const ended = await bench.models.runBatchHere(second.id, observer(), asTester);
    assert.equal(ended.status, 'completed');
  });

  it('are run by one process at a time', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ latencyMs: 300 });
    const batch = await startHere(bench, { refs: ordinary(simulator, 2).map(({ ref }) => ref) });
    assert.equal(await bench.models.isBatchLeft(batch), true, 'as after a kill: nobody runs it');
    const first = bench.models.runBatchHere(batch.id, observer(), asTester);
    const running = await untilStatus(bench, batch.id, 'processing');
    assert.equal(await bench.models.isBatchLeft(running), false);
    await assert.rejects(bench.models.runBatchHere(batch.id, observer(), asTester), /files\.locked/);
    const ended = await first;
    assert.deepEqual([ended.status, await bench.models.isBatchLeft(ended)], ['completed', false]);
    const fetched = simulator.requests.filter(({ route }) => route === 'download');
    assert.equal(fetched.length, 2);
  });

  it('tell how far they are, once a second', async () => {
    await using bench = await openOver(databases, simulator);
    const { sizeBytes } = simulator.catalogue.known.checkpoint;
    simulator.faults.set({ bytesPerSecond: sizeBytes / 3 });
    const batch = await startHere(bench, { refs: [refOf(simulator, 'checkpoint')] }, { connections: 1 });
    const heard: number[] = [];
    const speeds: number[] = [];
    const startedAt = performance.now();
    await bench.models.runBatchHere(
      batch.id,
      observer({
        onProgress: ({ tally, bytesPerSecond }) => {
          heard.push(tally.doneBytes);
          speeds.push(bytesPerSecond);
        },
      }),
      asTester,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    assert.ok(heard.length >= 2 && heard.length <= seconds + 2, `${heard.length} in ${seconds} s`);
    assert.ok(speeds.some((speed) => speed > 0));
    assert.equal(heard.at(-1), (await bench.models.readBatch(batch.id)).tally.doneBytes);
  });

  it('wait for their window in the server, and go on when it is changed', async () => {
    await using bench = await openOver(databases, simulator);
    const minute = 60_000;
    const tokyo = new Date(systemClock.now() + 9 * 60 * minute + 120 * minute).toISOString().slice(11, 16);
    const later = new Date(systemClock.now() + 9 * 60 * minute + 180 * minute).toISOString().slice(11, 16);
    const windows = [`${tokyo}-${later}`];
    const batch = await startForServer(bench, { refs: ordinary(simulator, 1).map(({ ref }) => ref) }, { windows });
    await using _workers = work(bench);
    const waiting = await until(
      async () => bench.models.readBatch(batch.id),
      ({ waitsUntil }) => waitsUntil !== null,
    );
    assert.deepEqual([waiting.status, waiting.reason?.code], ['pending', 'models.batch-window-closed']);
    const waitMs = Date.parse(waiting.waitsUntil ?? '') - systemClock.now();
    assert.ok(waitMs > 118 * minute && waitMs <= 120 * minute, String(waitMs));
    const wakes = await until(
      async () => bench.jobs.list({ name: 'models.run-batch', status: 'queued', limit: 10 }),
      (jobs) => jobs.length > 0,
    );
    assert.equal(wakes[0]?.runAfter.slice(0, 16), waiting.waitsUntil?.slice(0, 16));
    await bench.models.changeBatch(batch.id, { windows: [] }, asTester.actor);
    await untilStatus(bench, batch.id, 'completed');
  });

  it('wait for their window at the keyboard as well, and stop where it closes', async () => {
    let ahead = 0;
    const clock = { now: () => systemClock.now() + ahead, monotonic: () => systemClock.monotonic() };
    await using bench = await openOver(databases, simulator, { overrides: { clock } });
    // 12:00 in Tokyo, which the bench calls home.
    ahead = Date.parse('2026-11-22T03:00:00Z') - systemClock.now();
    const refs = [refOf(simulator, 'checkpoint')];
    simulator.faults.set({ bytesPerSecond: MIB });
    const options = { windows: ['22:00-07:00'], connections: 1 };
    const batch = await startHere(bench, { refs }, options);
    const waits: (string | null)[] = [];
    const heard = observer({
      onBatch: ({ waitsUntil, tally }) => {
        waits.push(waitsUntil, String(tally.pending));
        ahead += Date.parse(waitsUntil ?? '') - clock.now();
        if (waits.length > 2) simulator.faults.clear();
      },
      // The night is over while the file is on its way.
      sink: {
        downloadProgressed: ({ receivedBytes }) => {
          if (receivedBytes > MIB / 2 && waits.length === 2)
            ahead = Date.parse('2026-11-22T22:00:00Z') - systemClock.now();
        },
      },
    });
    const ended = await bench.models.runBatchHere(batch.id, heard, asTester);
    assert.deepEqual(waits, ['2026-11-22T13:00:00.000Z', '1', '2026-11-23T13:00:00.000Z', '1']);
    assert.deepEqual([ended.status, ended.tally.retries], ['completed', 0]);
    assert.ok(sentBytes() < simulator.catalogue.known.checkpoint.sizeBytes + MIB, 'what had arrived was kept');
  });

  it('take turns in the server: the urgent first, in place of one that runs', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 9).map(({ ref }) => ref);
    simulator.faults.set({ latencyMs: 150 });
    const low = await startForServer(bench, { refs: refs.slice(0, 5) }, { priority: 'low', strategy: 'sequential' });
    await using _workers = work(bench);
    await until(
      async () => bench.models.readBatch(low.id),
      ({ tally }) => tally.done >= 1,
    );
    const normal = await startForServer(bench, { refs: refs.slice(5, 7) }, { priority: 'normal' });
    const urgent = await startForServer(bench, { refs: refs.slice(7) }, { priority: 'urgent' });
    const ended: string[] = [];
    for (const one of [low, normal, urgent]) await untilStatus(bench, one.id, 'completed');
    for (const { id } of (await bench.models.listBatches({ limit: 10 })).items.toSorted((a, b) =>
      (a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1,
    )) {
      ended.push(id);
    }
    assert.deepEqual(ended.slice(-1), [low.id]);
    assert.ok(ended.indexOf(urgent.id) <= 1, 'before everything that waited');
    const items = await itemsOf(bench, low.id);
    assert.ok(
      items.every(({ attempts }) => attempts === 1),
      'gave way between two files',
    );
  });

  it('are more urgent by a step for each hour they have waited, unless they do without', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 3).map(({ ref }) => ref);
    const patient = await startForServer(bench, { refs: refs.slice(0, 1) }, { priority: 'low', priorityBoost: false });
    const waited = await startForServer(bench, { refs: refs.slice(1, 2) }, { priority: 'low' });
    const high = await startForServer(bench, { refs: refs.slice(2) }, { priority: 'high' });
    const waitingSince = new Date(Date.now() - 3.5 * HOUR).toISOString();
    await bench.database.transaction(async (tx) => {
      const old = tx.tables<{ batches: { id: string; waiting_since: string } }>().updateTable('batches');
      await old.set({ waiting_since: waitingSince }).where('id', 'in', [patient.id, waited.id]).execute();
    });
    await using _workers = work(bench);
    const ended: string[] = [];
    for (const { id } of [patient, waited, high]) {
      ended.push((await untilStatus(bench, id, 'completed')).endedAt ?? '');
    }
    const [last = '', first = '', second = ''] = ended;
    assert.ok(first <= second && second <= last, JSON.stringify({ waited: first, high: second, patient: last }));
  });

  it('stop with the server and go on with the next', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ latencyMs: 200 });
    const batch = await startForServer(bench, { refs: ordinary(simulator, 4).map(({ ref }) => ref) }, { parallel: 1 });
    {
      await using _workers = work(bench);
      await until(
        async () => bench.models.readBatch(batch.id),
        ({ tally }) => tally.done >= 1,
      );
    }
    const left = await bench.models.readBatch(batch.id);
    assert.equal(left.status, 'pending');
    assert.deepEqual([left.tally.processing, left.tally.failed], [0, 0]);
    simulator.faults.clear();
    await using _workers = work(bench);
    const ended = await untilStatus(bench, batch.id, 'completed');
    assert.equal(ended.tally.done, 4);
  });

  it('go on after kill -9, in the next server, with the right bytes', async () => {
    const databaseUrl = await databases.freshUrl();
    await using bench = await openOver(databases, simulator, { databaseUrl });
    simulator.faults.set({ bytesPerSecond: MIB / 2 });
    const refs = [refOf(simulator, 'checkpoint'), ...ordinary(simulator, 4).map(({ ref }) => ref)];
    const batch = await startHere(bench, { refs }, { parallel: 3, strategy: 'parallel' });
    const child = spawn(process.execPath, [runner, bench.home, databaseUrl, simulator.url, batch.id], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await untilSent(MIB / 4);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const killed = await bench.models.readBatch(batch.id);
    assert.equal(killed.status, 'processing');
    assert.ok(killed.tally.processing > 0);

    simulator.faults.clear();
    await bench.models.wakeBatches(asTester.actor);
    await using _workers = work(bench);
    const ended = await untilStatus(bench, batch.id, 'completed', 'completed_with_errors', 'failed');
    const items = await itemsOf(bench, batch.id);
    assert.equal(ended.status, 'completed', JSON.stringify(items.map(({ reason }) => reason)));
    for (const { fileId, sha256 } of items) {
      assert.equal(sha256?.toUpperCase(), (await simulator.hashesOf(fileId ?? 0)).SHA256);
    }
    const placed = (await bench.models.listLibrary({ limit: 50 })).items;
    assert.equal(placed.length, 5, 'each once');
  });
});
