/** Watches: the first look learns, later ones tell what is new, a failed one loses nothing. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { collectQuerySchema } from '#models/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 250 });
});
after(async () => simulator[Symbol.asyncDispose]());

const timing = { kind: 'cron', cron: '0 6 * * *', zone: 'Asia/Tokyo' } as const;

async function watch(bench: ModelBench, query: object = { nsfw: 'all' }): Promise<void> {
  await bench.models.savedSearches.save('all', collectQuerySchema.parse(query), testActor);
  await bench.models.watches.add({ name: 'daily', search: 'all', timing }, testActor);
}

async function look(bench: ModelBench, signal: AbortSignal = never, onProgress: () => void = () => undefined) {
  return bench.models.watches.run('daily', { signal, onProgress });
}

/** As if versions had come out since. */
async function forget(bench: ModelBench, count: number): Promise<void> {
  const known = bench.database.tables<{ watch_known: { version_id: number } }>().selectFrom('watch_known');
  const rows = await known.select('version_id').orderBy('version_id').limit(count).execute();
  await bench.database.transaction(async (tx) =>
    tx
      .tables<{ watch_known: { version_id: number } }>()
      .deleteFrom('watch_known')
      .where(
        'version_id',
        'in',
        rows.map((row) => row.version_id),
      )
      .execute(),
  );
}

async function findings(bench: ModelBench, only: 'all' | 'unseen' = 'unseen'): Promise<readonly number[]> {
  const { items } = await bench.models.watches.findings('daily', { only, limit: 1000 });
  return items.map(({ versionId }) => versionId);
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('records what is there at first and reports nothing of it as new', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    const first = await look(bench);
    assert.deepEqual([first.outcome, first.found, first.unseen], ['baseline', 0, 0]);
    const { known } = await bench.models.watches.read('daily');
    assert.ok(known > 250, `${known}`);
    assert.deepEqual((await look(bench)).outcome, 'nothing');
    assert.deepEqual(await findings(bench), []);
  });

  it('stores what is new since, once, until somebody has seen it', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    await look(bench);
    await forget(bench, 4);
    const second = await look(bench);
    assert.deepEqual([second.outcome, second.found, second.unseen], ['found', 4, 4]);
    assert.equal((await look(bench)).outcome, 'nothing');
    const found = await findings(bench);
    assert.equal(found.length, 4);
    const { items } = await bench.models.watches.findings('daily', { only: 'all', limit: 2 });
    const seen = await bench.models.watches.markSeen('daily', items[1]?.position ?? 0, testActor);
    assert.equal(seen.unseen, 1);
    assert.equal((await bench.models.watches.markSeen('daily', undefined, testActor)).unseen, 0);
    assert.deepEqual(await findings(bench, 'all'), found);
  });

  it('shows why a look failed, and the next one goes on where it stopped', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    await look(bench);
    await forget(bench, 3);
    simulator.faults.set({ route: 'models', skip: 1, status: 404 });
    assert.equal((await look(bench)).outcome, 'failed');
    const { watch: failed } = await bench.models.watches.read('daily');
    assert.match(failed.reason?.code ?? '', /^civitai\./);
    simulator.faults.clear();
    simulator.clearRequests();
    const next = await look(bench);
    assert.ok(next.outcome === 'found' || next.outcome === 'nothing', next.outcome);
    assert.equal((await bench.models.watches.read('daily')).watch.reason, null);
    assert.equal((await findings(bench)).length, 3);
  });

  it('takes no half of a first look for all there is', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    const abort = new AbortController();
    assert.equal((await look(bench, abort.signal, () => abort.abort())).outcome, 'interrupted');
    assert.equal((await bench.models.watches.read('daily')).known, 0);
    assert.equal((await look(bench)).outcome, 'baseline');
    assert.equal((await look(bench)).outcome, 'nothing');
  });

  it('is scheduled with it, paused with it and gone with it', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    const { schedule } = await bench.models.watches.read('daily');
    assert.deepEqual(schedule?.timing, timing);
    assert.match(schedule?.nextRun ?? '', /T21:00:00\.000Z$/);
    assert.equal((await bench.models.watches.setEnabled('daily', false, testActor)).schedule?.nextRun, null);
    await assert.rejects(bench.models.savedSearches.remove('all', testActor), { code: 'models.saved-search-watched' });
    await bench.models.watches.remove('daily', testActor);
    await bench.models.savedSearches.remove('all', testActor);
    assert.deepEqual(await bench.models.watches.list(), []);
    await assert.rejects(look(bench), { code: 'models.watch-not-found' });
  });

  it('refuses a name twice, a search nobody saved, and a time that is none', async () => {
    await using bench = await openOver(databases, simulator);
    await watch(bench);
    const { watches } = bench.models;
    await assert.rejects(watches.add({ name: 'daily', search: 'all', timing }, testActor), {
      code: 'models.watch-exists',
    });
    await assert.rejects(watches.add({ name: 'x', search: 'none', timing }, testActor), {
      code: 'models.saved-search-not-found',
    });
    await assert.rejects(watches.add({ name: 'x', search: 'all', timing: { ...timing, cron: 'often' } }, testActor), {
      code: 'schedule.bad-timing',
    });
    assert.equal((await watches.list()).length, 1);
  });
});
