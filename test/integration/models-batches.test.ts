/** Batches over a simulated CivitAI: what becomes of many files, whatever goes wrong with some. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, beforeEach, it } from 'node:test';

import { catalogues } from '#app/catalogues';
import { systemClock, systemRandom } from '#kernel/clock';
import { MIB } from '#kernel/units';
import { createTranslators } from '#platform/i18n';
import type { AuditTables } from '#platform/unit-of-work';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester } from '../../src/domains/models/testing/model-bench.ts';
import { asked, itemsOf, observer, ordinary, refOf, reportText, startHere } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

const EXTRA = 60;
/** More than one download tries by itself. */
const STUBBORN = 9;
const immediately = { ...systemRandom, fraction: () => 0 };
let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: EXTRA });
});
after(async () => simulator[Symbol.asyncDispose]());

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('isolates what fails, tries again what may pass, and says of each file what became of it', async () => {
    await using bench = await openOver(databases, simulator, {
      random: immediately,
      overrides: { random: immediately },
    });
    const files = ordinary(simulator, EXTRA);
    const [gone, closed, flaky, hopeless, broken] = files;
    assert.ok(gone && closed && flaky && hopeless && broken);
    simulator.faults.set(
      { route: 'download', versionId: gone.versionId, status: 404 },
      { route: 'download', versionId: closed.versionId, status: 403 },
      { route: 'download', versionId: flaky.versionId, status: 503, times: STUBBORN },
      { route: 'download', versionId: hopeless.versionId, status: 503 },
      // Mended within the one attempt, and counted all the same.
      { route: 'storage', versionId: broken.versionId, cutAfterBytes: 100, times: 3 },
    );
    const list = [...files.map(({ ref }) => ref), refOf(simulator, 'maliciousPickleUnflagged'), 'no such thing'].join(
      '\n',
    );
    const bad: number[] = [];
    const batch = await bench.models.startBatch(asked({ list }, { name: 'sixty', retryRounds: 1, parallel: 4 }), {
      ...asTester,
      byServer: false,
      onBadLine: ({ line }) => bad.push(line),
    });
    assert.deepEqual(bad, [EXTRA + 2]);
    assert.equal(batch.tally.files, EXTRA + 1);

    const ended = await bench.models.runBatchHere(batch.id, observer(), asTester);
    const items = await itemsOf(bench, batch.id);
    assert.equal(ended.status, 'completed_with_errors', JSON.stringify(ended));
    const { tally } = ended;
    assert.deepEqual(
      [tally.done, tally.failed, tally.quarantined, tally.pending, tally.processing],
      [EXTRA - 3, 3, 1, 0, 0],
      JSON.stringify(items.filter(({ status }) => status === 'failed')),
    );
    const byVersion = new Map(items.map((item) => [item.versionId, item]));
    const told = [gone, closed, flaky, hopeless].map(({ versionId }) => {
      const item = byVersion.get(versionId);
      return [item?.status, item?.reason?.code, item?.attempts];
    });
    assert.deepEqual(told, [
      ['failed', 'civitai.not-found', 1],
      ['failed', 'civitai.not-entitled', 1],
      ['done', undefined, 2],
      ['failed', 'civitai.server-error', 2],
    ]);
    assert.equal(items.find(({ status }) => status === 'quarantined')?.reason?.code, 'models.verdict-dangerous');
    assert.ok(items.every((item) => item.status !== 'done' || (item.networkBytes > 0 && item.sha256 !== null)));
    assert.deepEqual([byVersion.get(broken.versionId)?.attempts, byVersion.get(broken.versionId)?.retries], [1, 3]);
    const ofRequests = items.reduce((sum, { retries }) => sum + retries, 0);
    assert.equal(tally.retries, 2 + ofRequests);
    assert.ok(tally.networkBytes >= tally.doneBytes);

    const asks = simulator.requests.filter(({ route }) => ['models', 'model', 'version'].includes(route ?? ''));
    assert.ok(
      asks.length < 12,
      `${asks.length} questions about ${EXTRA} models: ${asks.map(({ url }) => url).join(' ')}`,
    );

    const translators = createTranslators(catalogues, 'Asia/Tokyo');
    const report = JSON.parse(await reportText(bench, batch.id, 'json', translators.en));
    assert.equal(report.items.length, EXTRA + 1);
    assert.match(
      report.items.find((one: { status: string }) => one.status === 'quarantined').reason.message,
      /quarantine/,
    );
    const html = await reportText(bench, batch.id, 'html', translators.ja);
    assert.match(html, /一部失敗して終了/);
    assert.equal(html.match(/<tr class=/g)?.length, EXTRA + 1);
    const csv = await reportText(bench, batch.id, 'csv', translators.ja);
    assert.equal(csv.trimEnd().split('\r\n').length, EXTRA + 2);

    const again = await bench.models.retryBatch(batch.id, asTester.actor);
    assert.deepEqual([again.status, again.tally.pending], ['pending', 3]);
    simulator.faults.clear();
    const better = await bench.models.runBatchHere(batch.id, observer(), asTester);
    assert.deepEqual([better.status, better.tally.done], ['completed_with_errors', EXTRA]);
    await assert.rejects(bench.models.retryBatch(batch.id, asTester.actor), /models\.nothing-to-retry/);
  });

  it('fetches nothing twice: what is there, whole, is skipped, and what was lost is repaired', async () => {
    await using bench = await openOver(databases, simulator);
    const files = ordinary(simulator, 6).map(({ ref }) => ref);
    const refs = [...files, ...files.slice(0, 3)];
    const first = await startHere(bench, { refs }, { strategy: 'parallel' });
    assert.equal(first.tally.files, 6, 'equal files count once');
    const done = await bench.models.runBatchHere(first.id, observer(), asTester);
    assert.deepEqual([done.status, done.tally.skipped], ['completed', 0]);
    const [lost] = await itemsOf(bench, first.id);
    await rm(lost?.path ?? '');
    simulator.clearRequests();

    const plan = await bench.models.planBatch(asked({ refs }), { signal: asTester.signal });
    assert.deepEqual([plan.files, plan.skipped, plan.totalBytes], [6, 5, lost?.sizeBytes]);
    const second = await startHere(bench, { refs });
    const ended = await bench.models.runBatchHere(second.id, observer(), asTester);
    assert.deepEqual([ended.status, ended.tally.skipped], ['completed', 5]);
    const fetched = simulator.requests.filter(({ route }) => route === 'download');
    assert.equal(new Set(fetched.map(({ url }) => url)).size, 1);
    assert.ok(
      !simulator.requests.some(({ route }) => ['models', 'model', 'version'].includes(route ?? '')),
      'seen just now',
    );
  });

  it('pauses for everything when something would fail every file', async () => {
    await using bench = await openOver(databases, simulator, { token: 'nobody-knows-this-one' });
    simulator.faults.set({ route: 'download', status: 401 });
    const batch = await startHere(bench, { refs: ordinary(simulator, 20).map(({ ref }) => ref) });
    const ended = await bench.models.runBatchHere(batch.id, observer(), asTester);
    assert.deepEqual([ended.status, ended.reason?.code], ['paused', 'civitai.token-needed']);
    assert.deepEqual([ended.tally.failed, ended.tally.pending], [0, 20]);
    simulator.faults.clear();
  });

  it('waits for the site when that is away, and goes on by itself', async () => {
    const [first] = ordinary(simulator, 1);
    assert.ok(first);
    await using bench = await openOver(databases, simulator, { overrides: { random: immediately } });
    const refs = ordinary(simulator, 14).map(({ ref }) => ref);
    const batch = await startHere(bench, { refs }, { parallel: 4, strategy: 'parallel' });
    simulator.faults.set({ route: 'download', status: 503 });
    const stop = new AbortController();
    const waits: string[] = [];
    const ended = await bench.models.runBatchHere(
      batch.id,
      observer({
        onBatch: ({ waitsUntil, reason }) => {
          waits.push(reason?.code ?? '');
          assert.ok(Date.parse(waitsUntil ?? '') > systemClock.now());
          stop.abort();
        },
      }),
      { ...asTester, signal: stop.signal },
    );
    assert.deepEqual(waits, ['civitai.server-error']);
    assert.deepEqual([ended.status, ended.reason?.code], ['paused', 'models.batch-interrupted']);
    assert.equal(ended.tally.failed, 0);
    simulator.faults.clear();
    const resumed = await bench.models.runBatchHere(batch.id, observer(), asTester);
    assert.deepEqual([resumed.status, resumed.tally.done], ['completed', 14]);
  });

  it('pauses at its caps and goes on with fresh ones', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 5).map(({ ref }) => ref);
    const batch = await startHere(bench, { refs }, { caps: { maxFiles: 2 }, parallel: 4, strategy: 'parallel' });
    const done: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const ended = await bench.models.runBatchHere(batch.id, observer(), asTester);
      done.push(ended.tally.done);
      assert.equal(ended.status, run < 2 ? 'paused' : 'completed', JSON.stringify(ended.reason));
      if (run < 2) assert.equal(ended.reason?.code, 'models.batch-cap-files');
    }
    assert.deepEqual(done, [2, 4, 5]);

    simulator.faults.set({ bytesPerSecond: 4 * MIB });
    const large = await startHere(bench, { refs: [refOf(simulator, 'medium')] }, { caps: { maxBytes: MIB } });
    const capped = await bench.models.runBatchHere(large.id, observer(), asTester);
    assert.deepEqual([capped.status, capped.reason?.code], ['paused', 'models.batch-cap-bytes']);
    simulator.faults.clear();
    await bench.models.changeBatch(large.id, { caps: {} }, asTester.actor);
    const whole = await bench.models.runBatchHere(large.id, observer(), asTester);
    assert.equal(whole.status, 'completed');
  });

  it('keeps an order, one at a time', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 5).map(({ ref }) => ref);
    for (const order of ['smallest-first', 'largest-first'] as const) {
      await rm(bench.library, { recursive: true, force: true });
      const batch = await startHere(bench, { refs }, { order, strategy: 'sequential' });
      const sizes: number[] = [];
      await bench.models.runBatchHere(
        batch.id,
        observer({ onItem: (item) => sizes.push(item.sizeBytes ?? 0) }),
        asTester,
      );
      const sorted = sizes.toSorted((a, b) => (order === 'smallest-first' ? a - b : b - a));
      assert.deepEqual(sizes, sorted);
    }
  });

  it('leaves the site alone between two files', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 2).map(({ ref }) => ref);
    const batch = await startHere(bench, { refs }, { pauseSeconds: 1, parallel: 2, strategy: 'parallel' });
    const began: number[] = [];
    const ended: number[] = [];
    const heard = observer({
      onFile: () => began.push(performance.now()),
      onItem: () => ended.push(performance.now()),
    });
    await bench.models.runBatchHere(batch.id, heard, asTester);
    assert.equal(ended.length, 2);
    assert.ok((began[1] ?? 0) - (ended[0] ?? 0) > 990, JSON.stringify([began, ended]));
  });

  it('is made of nothing but files: an empty one is an error', async () => {
    await using bench = await openOver(databases, simulator);
    for (const source of [{ list: '# nothing\n' }, { where: 'type:lora' }, { missing: true }]) {
      await assert.rejects(startHere(bench, source), /models\.empty-batch/, JSON.stringify(source));
    }
    await assert.rejects(startHere(bench, { list: 'a\0b' }), /models\.bad-list/);
    const collection = '00000000-0000-4000-8000-000000000000';
    await assert.rejects(startHere(bench, { collection }), /models\.collection-not-found/);
    assert.deepEqual((await bench.models.listBatches({ limit: 10 })).items, []);
  });

  it('comes from searches, the catalogue, collections, creators and what is missing', async () => {
    await using bench = await openOver(databases, simulator);
    const { models } = bench;
    async function plan(source: object) {
      return models.planBatch(asked(source), { signal: asTester.signal });
    }
    const search = await plan({ search: { type: ['LORA'] }, top: 7 });
    assert.equal(search.files, 7);
    simulator.clearRequests();
    const where = await plan({ where: 'type:lora', top: 5 });
    assert.equal(where.files, 5);
    assert.deepEqual(simulator.requests, [], 'the catalogue knows');
    const { collection } = await models.collecting.start(
      {
        query: { source: 'site', type: ['LORA'], limit: 10, nsfw: 'sfw', strategy: 'direct' },
        resume: false,
        refresh: false,
      },
      false,
      asTester.actor,
    );
    await models.collecting.run(collection.id, asTester);
    const collected = await plan({ collection: collection.id });
    assert.ok(collected.files >= 10, String(collected.files));
    const [creator = ''] = simulator.catalogue.creators.keys();
    assert.ok((await plan({ creator })).files > 0);

    const batch = await startHere(bench, { search: { type: ['LORA'] }, top: 2 });
    await models.runBatchHere(batch.id, observer(), asTester);
    const [placed] = (await models.listLibrary({ limit: 10 })).items;
    assert.ok(placed);
    await rm(placed.path);
    const missing = await plan({ missing: true });
    assert.deepEqual(
      missing.items.map(({ versionId, action }) => [versionId, action]),
      [[placed.versionId, 'get']],
    );
  });

  it('asks about what nobody knows in its turn, when there is much of it', async () => {
    await using bench = await openOver(databases, simulator);
    const nobodys = Array.from({ length: 200 }, (_, index) => `@${90_000_000 + index}`);
    const [first, second] = ordinary(simulator, 2);
    assert.ok(first && second);
    const known = [`@${first.versionId}`, `sha256:${(await simulator.hashesOf(first.fileId)).SHA256}`];
    const refs = [...nobodys, ...known, `@${second.versionId}`];
    const plan = await bench.models.planBatch(asked({ refs }), { signal: asTester.signal });
    assert.deepEqual([plan.files, plan.failed, plan.unresolved, plan.unknownSizes], [203, 200, 3, 3]);
    const batch = await startHere(bench, { refs });
    const ended = await bench.models.runBatchHere(batch.id, observer(), asTester);
    const { tally } = ended;
    assert.deepEqual(
      [ended.status, tally.files, tally.done],
      ['completed_with_errors', 202, 2],
      'equal files count once',
    );
  });

  it('asks for a yes before it fetches real people, and says so in its plan', async () => {
    await using bench = await openOver(databases, simulator);
    const person = simulator.catalogue.models.find((model) => model.poi && !model.nsfw && model.mode === null);
    assert.ok(person);
    const [other] = ordinary(simulator, 1);
    const refs = [String(person.id), other?.ref ?? ''];
    const plan = await bench.models.planBatch(asked({ refs }), { signal: asTester.signal });
    assert.deepEqual(plan.consents, [{ kind: 'likeness', files: 1, given: false }]);
    assert.deepEqual([plan.files, plan.failed], [2, 1]);
    assert.equal(
      plan.licences.reduce((sum, { files }) => sum + files, 0),
      2,
    );
    await assert.rejects(startHere(bench, { refs: [String(person.id)] }), /models\.consent-needed/);
    const batch = await startHere(bench, { refs }, { acceptLikeness: true });
    assert.deepEqual([batch.tally.pending, batch.tally.failed], [2, 0]);
  });

  it('records who changed what of it', async () => {
    await using bench = await openOver(databases, simulator);
    const { models } = bench;
    const batch = await startHere(bench, { refs: ordinary(simulator, 2).map(({ ref }) => ref) });
    await models.changeBatch(batch.id, { priority: 'urgent', name: 'mine' }, asTester.actor);
    await models.pauseBatch(batch.id, asTester.actor);
    await models.cancelBatch(batch.id, asTester.actor);
    await assert.rejects(models.pauseBatch(batch.id, asTester.actor), /models\.batch-ended/);
    await assert.rejects(models.changeBatch(batch.id, { name: 'x' }, asTester.actor), /models\.batch-ended/);
    await assert.rejects(models.resumeBatch(batch.id, asTester.actor), /models\.batch-not-paused/);
    const found = await models.readBatch(batch.id);
    assert.deepEqual([found.name, found.status, found.tally.cancelled], ['mine', 'cancelled', 2]);
    const rows = await bench.database
      .tables<AuditTables>()
      .selectFrom('audit_log')
      .select('action')
      .where('subject_id', '=', batch.id)
      .orderBy('position')
      .execute();
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['models.plan-batch', 'models.change-batch', 'models.pause-batch', 'models.cancel-batch'],
    );
  });
});
