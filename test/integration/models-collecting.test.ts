/** Collections: a long search read to its end, however often it is broken off on the way. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemClock } from '#kernel/clock';
import { collectQuerySchema, startCollectionSchema } from '#models/contract';
import { startJobWorkers } from '#platform/jobs';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 500 });
});
after(async () => simulator[Symbol.asyncDispose]());

async function start(bench: ModelBench, query: object, options: object = {}) {
  const request = startCollectionSchema.parse({ query: collectQuerySchema.parse(query), ...options });
  return bench.models.collecting.start(request, false, testActor);
}

async function collect(bench: ModelBench, query: object, options: object = {}, signal: AbortSignal = never) {
  const { collection } = await start(bench, query, options);
  return bench.models.collecting.run(collection.id, { signal });
}

async function versionsIn(bench: ModelBench, id: string): Promise<readonly number[]> {
  const items = await bench.models.collecting.items(id, { only: 'all', after: -1, limit: 100_000 });
  return items.map(({ versionId }) => versionId);
}

function listRequests(): number {
  return simulator.requests.filter(({ route }) => route === 'models').length;
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('gives the same set, in the same order, when it is aborted after every page as when it is left alone', async () => {
    await using calm = await openOver(databases, simulator);
    const whole = await collect(calm, { nsfw: 'all', sort: 'Newest' });
    assert.equal(whole.status, 'completed');
    assert.ok(whole.pages >= 4, `${whole.pages} pages`);
    const pagesAsked = listRequests();

    simulator.clearRequests();
    await using shaken = await openOver(databases, simulator);
    let broken = await start(shaken, { nsfw: 'all', sort: 'Newest' });
    let goes = 0;
    for (; broken.collection.status !== 'completed' && goes < 50; goes += 1) {
      const abort = new AbortController();
      const ended = await shaken.models.collecting.run(broken.collection.id, {
        signal: abort.signal,
        onProgress: ({ status }) => {
          if (status === 'running') abort.abort();
        },
      });
      assert.ok(ended.status === 'paused' || ended.status === 'completed', ended.status);
      broken = await start(shaken, { sort: 'newest', nsfw: 'all' });
      if (ended.status === 'completed') break;
      assert.equal(broken.how, 'resumed');
    }
    assert.ok(goes >= 3, `${goes} goes`);
    const { items } = await shaken.models.collecting.list({ limit: 10 });
    const done = items.find(({ status }) => status === 'completed');
    assert.ok(done);
    assert.deepEqual(await versionsIn(shaken, done.id), await versionsIn(calm, whole.id));
    assert.deepEqual([done.pages, done.models, done.versions], [whole.pages, whole.models, whole.versions]);
    assert.deepEqual(done.stages, whole.stages);
    assert.ok(listRequests() <= pagesAsked + goes, `${listRequests()} instead of ${pagesAsked}`);
  });

  it('keeps what it has when the site fails, says why, and goes on there', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'models', skip: 2, status: 404 });
    const broken = await collect(bench, { nsfw: 'all' });
    assert.equal(broken.status, 'partial');
    assert.equal(broken.pages, 2);
    assert.match(broken.reason?.code ?? '', /^civitai\./);
    simulator.faults.clear();
    simulator.clearRequests();
    const { collection, how } = await start(bench, { nsfw: 'all' });
    assert.deepEqual([how, collection.id], ['resumed', broken.id]);
    const whole = await bench.models.collecting.run(collection.id, { signal: never });
    assert.equal(whole.status, 'completed');
    assert.equal(whole.reason, null);
    assert.equal(listRequests(), whole.pages - 2);
  });

  it('fails without a page when the site refuses the first one', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'models', status: 404 });
    const failed = await collect(bench, { nsfw: 'all' });
    assert.deepEqual([failed.status, failed.pages], ['failed', 0]);
  });

  it('reuses a finished one that is young enough, and begins anew when asked to', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await collect(bench, { type: ['LORA'] });
    simulator.clearRequests();
    const again = await start(bench, { type: ['lora'] }, { maxAgeMs: 60_000 });
    assert.deepEqual([again.how, again.collection.id], ['reused', first.id]);
    assert.equal(listRequests(), 0);
    const anew = await start(bench, { type: ['LORA'] }, { maxAgeMs: 60_000, refresh: true });
    assert.equal(anew.how, 'started');
    assert.equal(anew.collection.baselineId, first.id);
    await assert.rejects(start(bench, { type: ['VAE'] }, { resume: true }), { code: 'models.nothing-to-resume' });
    await assert.rejects(start(bench, { source: 'catalogue' }), { code: 'models.collect-site-only' });
  });

  it('counts exactly the limit', async () => {
    await using bench = await openOver(databases, simulator);
    const limited = await collect(bench, { nsfw: 'all', limit: 130 });
    assert.deepEqual([limited.status, limited.models], ['completed', 130]);
  });

  it('knows what is new by version, whatever the order of the search', async () => {
    for (const sort of ['Newest', 'Most Downloaded']) {
      await using bench = await openOver(databases, simulator);
      const first = await collect(bench, { nsfw: 'all', sort });
      assert.equal(first.newVersions, 0);
      await forget(bench, first.id, 3);
      const second = await collect(bench, { nsfw: 'all', sort });
      const news = await bench.models.collecting.items(second.id, { only: 'new', after: -1, limit: 100 });
      assert.equal(second.newVersions, 3);
      assert.equal(news.length, 3);
    }
  });

  it('stops after the page on its way when somebody pauses it, and the server goes on when asked', async () => {
    await using bench = await openOver(databases, simulator);
    const { collection } = await start(bench, { nsfw: 'all' });
    let paused = false;
    const ended = await bench.models.collecting.run(collection.id, {
      signal: never,
      onProgress: () => {
        if (!paused) void bench.models.collecting.pause(collection.id, testActor);
        paused = true;
      },
    });
    assert.equal(ended.status, 'paused');
    assert.ok(ended.pages < 5, `${ended.pages}`);
    assert.equal((await bench.models.collecting.resume(collection.id, testActor)).status, 'queued');
    await using _workers = startJobWorkers({
      queue: bench.jobs,
      handled: bench.models.jobHandlers,
      clock: systemClock,
      worker: 'test',
      reportError: (error) => assert.fail(String(error)),
      pollMs: 20,
    });
    await untilStatus(bench, collection.id, 'completed');
    await assert.rejects(bench.models.collecting.pause(collection.id, testActor), { code: 'models.collection-ended' });
  });

  it('is read by one at a time', async () => {
    await using bench = await openOver(databases, simulator);
    const { collection } = await start(bench, { nsfw: 'all' });
    const both = await Promise.allSettled([
      bench.models.collecting.run(collection.id, { signal: never }),
      bench.models.collecting.run(collection.id, { signal: never }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    assert.equal(refused?.reason.code, 'files.locked');
  });

  it('leaves a line in the history with the hash of its result', async () => {
    await using bench = await openOver(databases, simulator);
    await collect(bench, { type: ['LORA'] });
    await collect(bench, { type: ['LORA'] }, { refresh: true });
    await collect(bench, { type: ['VAE'] });
    const { items } = await bench.models.history.list({ kind: 'collect', limit: 10 });
    assert.deepEqual(
      items.map(({ query, stopped }) => [query.type, stopped]),
      [
        [['VAE'], 'completed'],
        [['LORA'], 'completed'],
        [['LORA'], 'completed'],
      ],
    );
    assert.equal(items[1]?.resultHash, items[2]?.resultHash);
    assert.notEqual(items[0]?.resultHash, items[1]?.resultHash);
  });
});

/** As if these versions had come out after the collection. */
async function forget(bench: ModelBench, id: string, count: number): Promise<void> {
  const gone = (await versionsIn(bench, id)).filter((_, index) => index % 17 === 5).slice(0, count);
  await bench.database.transaction(async (tx) =>
    tx
      .tables<{ collection_rows: { collection_id: string; version_id: number } }>()
      .deleteFrom('collection_rows')
      .where('collection_id', '=', id)
      .where('version_id', 'in', gone)
      .execute(),
  );
}

async function untilStatus(bench: ModelBench, id: string, status: string): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await bench.models.collecting.read(id)).status !== status) {
    assert.ok(Date.now() < end, `not ${status}`);
    await sleep(20);
  }
}
