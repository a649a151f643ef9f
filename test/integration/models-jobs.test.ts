/** Downloads of a server: durable, cancelled and retried by people, finished by the next server after a crash. */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import type { ProgressSink } from '#models/ports';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { until, work } from './models/at-work.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function start(bench: ModelBench, role: KnownRole) {
  const { versionId, fileId } = simulator.catalogue.known[role];
  const { items } = await bench.models.startDownloads(
    { refs: [`@${versionId}`], file: String(fileId), acceptRisk: false },
    asTester,
  );
  const [download] = items;
  assert.ok(download);
  return download;
}

async function untilStatus(bench: ModelBench, id: string, status: string) {
  return until(
    async () => bench.models.readDownload(id),
    (download) => download.status === status,
  );
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('plans at once, fetches by a job, and tells how far it is', async () => {
    const heard: string[] = [];
    const progress: ProgressSink = { downloadProgressed: ({ status }) => heard.push(status) };
    await using bench = await openOver(databases, simulator, { overrides: { progress } });
    const planned = await start(bench, 'checkpoint');
    assert.equal(planned.status, 'planned');
    assert.equal(planned.path, join(bench.library, 'checkpoints', 'kuraDemoMix_v10.safetensors'));
    assert.deepEqual(await bench.libraryFiles(), []);
    await using _workers = work(bench);
    const placed = await untilStatus(bench, planned.id, 'placed');
    assert.equal((await readFile(placed.path ?? '')).length, placed.sizeBytes);
    assert.ok(heard.includes('downloading') && heard.includes('scanning'), heard.join());
    assert.equal((await start(bench, 'checkpoint')).status, 'skipped');
  });

  it('fetches a file once that is asked for twice', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await start(bench, 'lora');
    const second = await start(bench, 'lora');
    assert.deepEqual([second.id, second.jobId], [first.id, first.jobId]);
    assert.equal((await bench.jobs.list({ limit: 10 })).length, 1);
  });

  it('stops a running download when a person cancels it, and goes on when they retry', async () => {
    await using bench = await openOver(databases, simulator);
    const { fileId, sizeBytes } = simulator.catalogue.known.medium;
    simulator.faults.set({ fileId, bytesPerSecond: 8_000_000 });
    const { id } = await start(bench, 'medium');
    await using _workers = work(bench);
    await until(
      async () => simulator.requests.reduce((sum, request) => sum + request.bytesSent, 0),
      (sent) => sent > 20_000_000,
    );
    const cancelled = await bench.models.cancelDownload(id, asTester.actor);
    assert.equal(cancelled.status, 'cancelled');
    await until(
      async () => bench.jobs.get(cancelled.jobId ?? ''),
      (job) => job?.status === 'cancelled',
    );
    assert.equal((await bench.models.readDownload(id)).status, 'cancelled');
    await assert.rejects(bench.models.cancelDownload(id, asTester.actor), { code: 'models.download-ended' });

    simulator.faults.clear();
    simulator.clearRequests();
    assert.equal((await bench.models.retryDownload(id, asTester.actor)).status, 'planned');
    await untilStatus(bench, id, 'placed');
    const sent = simulator.requests.reduce((sum, request) => sum + request.bytesSent, 0);
    assert.ok(sent < sizeBytes * 0.95, `${sent} of ${sizeBytes}`);
    await assert.rejects(bench.models.retryDownload(id, asTester.actor), { code: 'models.download-not-ended' });
  });

  it('gives an unfinished download back when the server stops, and the next one finishes it', async () => {
    await using bench = await openOver(databases, simulator);
    const { fileId } = simulator.catalogue.known.medium;
    simulator.faults.set({ fileId, bytesPerSecond: 8_000_000 });
    const { id } = await start(bench, 'medium');
    {
      await using _first = work(bench);
      await until(
        async () => simulator.requests.reduce((sum, request) => sum + request.bytesSent, 0),
        (sent) => sent > 10_000_000,
      );
    }
    assert.equal((await bench.models.readDownload(id)).status, 'planned');
    simulator.faults.clear();
    await using _second = work(bench);
    await untilStatus(bench, id, 'placed');
  });

  it('ends a malicious file in quarantine, and says so in the list', async () => {
    await using bench = await openOver(databases, simulator);
    const { id } = await start(bench, 'maliciousPickle');
    await using _workers = work(bench);
    const ended = await untilStatus(bench, id, 'quarantined');
    assert.deepEqual([ended.verdict, ended.reason?.code], ['dangerous', 'models.verdict-dangerous']);
    const { items } = await bench.models.listDownloads({ status: ['quarantined'], limit: 10 });
    assert.deepEqual(
      items.map((item) => item.id),
      [id],
    );
  });

  it('names the references that lead nowhere', async () => {
    await using bench = await openOver(databases, simulator);
    const { items, failed } = await bench.models.startDownloads(
      { refs: ['nonsense', '424242'], acceptRisk: false },
      asTester,
    );
    assert.deepEqual(
      [items.length, failed.map(({ error }) => error.code)],
      [0, ['civitai.ref-invalid', 'civitai.not-found']],
    );
  });

  it('verifies and repairs as jobs', async () => {
    await using bench = await openOver(databases, simulator);
    const { versionId } = simulator.catalogue.known.lora;
    const [item] = await bench.get([`@${versionId}`]);
    const file = await bench.models.readLibraryFile(item?.path ?? '');
    await rm(file.path);
    await using _workers = work(bench);
    await bench.models.startVerification(undefined, asTester.actor);
    await until(
      async () => bench.models.readLibraryFile(file.id),
      ({ state }) => state === 'missing',
    );
    await bench.models.startRepair(file.id, asTester.actor);
    await until(
      async () => bench.models.readLibraryFile(file.id),
      ({ state }) => state === 'present',
    );
    await assert.rejects(bench.models.startRepair('unknown', asTester.actor), {
      code: 'models.library-file-not-found',
    });
  });
});
