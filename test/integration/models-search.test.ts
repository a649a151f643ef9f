/** Searching a simulated CivitAI: every filter binds, pages are complete, what goes wrong is said. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { searchQuerySchema } from '#models/contract';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester, type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 300 });
});
after(async () => simulator[Symbol.asyncDispose]());

async function search(bench: ModelBench, query: object) {
  return bench.models.search(searchQuerySchema.parse(query), never);
}

type Outcome = Awaited<ReturnType<typeof search>>;

function idsOf({ found }: Outcome): readonly number[] {
  return found.map(({ model }) => model.modelId);
}

/** What a filter lets through, by the catalogue of the simulator itself. */
function expectedIds(fits: (model: CivitaiSimulator['catalogue']['models'][number]) => boolean): readonly number[] {
  return simulator.catalogue.models
    .filter((model) => fits(model))
    .map(({ id }) => id)
    .toSorted((a, b) => a - b);
}

async function everything(bench: ModelBench, query: object): Promise<readonly number[]> {
  const outcome = await search(bench, { ...query, limit: 1000 });
  assert.equal(outcome.stopped, 'end');
  return idsOf(outcome).toSorted((a, b) => a - b);
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('finds exactly the models whose tags, type and base model fit, whatever the case', async () => {
    await using bench = await openOver(databases, simulator);
    const listed = new Set(await everything(bench, { nsfw: 'all' }));
    const found = await everything(bench, { nsfw: 'all', type: ['lora'], base: ['sdxl', 'pony'], tag: ['Style'] });
    assert.ok(found.length > 0);
    const expected = expectedIds(
      ({ id, type, tags, versions }) =>
        listed.has(id) &&
        type === 'LORA' &&
        tags.includes('style') &&
        versions.some(({ baseModel }) => baseModel === 'SDXL 1.0' || baseModel === 'Pony'),
    );
    assert.deepEqual(found, expected);
  });

  it('needs all tags, any category, and says how many each filter let through', async () => {
    await using bench = await openOver(databases, simulator);
    const outcome = await search(bench, {
      nsfw: 'all',
      tag: ['style', 'anime'],
      category: ['style', 'Base-Model'],
      limit: 500,
    });
    for (const { model } of outcome.found) assert.ok(model.tags.includes('style') && model.tags.includes('anime'));
    const { stages } = outcome;
    assert.deepEqual(
      stages.map(({ filter }) => filter),
      ['site', 'versions', 'protected', 'tag', 'category'],
    );
    for (const [index, stage] of stages.entries()) {
      if (index > 0) assert.equal(stage.in, stages[index - 1]?.out, stage.filter);
    }
    assert.equal(stages.at(-1)?.out, outcome.found.length);
  });

  it('does not take a tag the site ignores for no tag', async () => {
    await using bench = await openOver(databases, simulator);
    assert.deepEqual(await everything(bench, { nsfw: 'all', tag: ['no such tag anywhere'] }), []);
  });

  it('reads on until the limit is reached behind a filter the site does not know', async () => {
    await using bench = await openOver(databases, simulator);
    const query = { nsfw: 'all', category: ['character', 'background', 'style'] };
    const whole = await search(bench, { ...query, limit: 1000 });
    const last = whole.found.length - 1;
    const outcome = await search(bench, { ...query, limit: last });
    assert.deepEqual([idsOf(outcome), outcome.stopped], [idsOf(whole).slice(0, last), 'limit']);
    assert.ok((outcome.stages[0]?.in ?? 0) > 100, 'more than one page was needed');
    assert.ok(!outcome.sent.some(({ name }) => name === 'tag'), 'any of several cannot be asked of the site');
  });

  it('takes a licence that does not say for one that does not permit', async () => {
    await using bench = await openOver(databases, simulator);
    const { found } = await search(bench, { nsfw: 'all', license: ['derivatives', 'Sell'], limit: 1000 });
    assert.ok(found.length > 0);
    for (const { model } of found) {
      assert.equal(model.licence.allowDerivatives, true);
      assert.ok(model.licence.allowCommercialUse?.includes('Sell'));
    }
  });

  it('goes on from the cursor without gaps or repeats, also in the middle of a page', async () => {
    await using bench = await openOver(databases, simulator);
    const whole = await search(bench, { nsfw: 'all', category: ['style'], limit: 60 });
    const pages: number[] = [];
    let cursor: string | undefined;
    do {
      const outcome = await search(bench, { nsfw: 'all', category: ['style'], limit: 7, cursor });
      pages.push(...idsOf(outcome));
      cursor = outcome.nextCursor;
    } while (cursor !== undefined);
    assert.ok(pages.length > 14);
    assert.deepEqual(pages, idsOf(whole));
    await assert.rejects(search(bench, { cursor: 'made up' }), { code: 'models.bad-cursor' });
  });

  it('shows nothing unsafe unless asked, however the site labels it', async () => {
    await using bench = await openOver(databases, simulator);
    const safe = await search(bench, { limit: 1000 });
    for (const { model, versions } of safe.found) {
      assert.equal(model.nsfw, false);
      assert.notEqual(model.poi, true);
      assert.ok(((model.nsfwLevel ?? 0) & 3) !== 0, model.name);
      assert.ok(versions.every(({ nsfwLevel }) => ((nsfwLevel ?? 0) & 3) !== 0));
    }
    const all = await search(bench, { nsfw: 'all', limit: 1000 });
    assert.ok(all.found.length > safe.found.length);
  });

  it('orders a text search itself before it cuts, and refuses orders it has no numbers for', async () => {
    await using bench = await openOver(databases, simulator);
    const all = await search(bench, { query: 'lantern', sort: 'Most Downloaded', nsfw: 'all', limit: 1000 });
    const downloads = all.found.map(({ model }) => model.stats?.downloads ?? -1);
    assert.ok(downloads.length > 3);
    assert.deepEqual(
      downloads,
      downloads.toSorted((a, b) => b - a),
    );
    const first = await search(bench, { query: 'lantern', sort: 'most-downloaded', nsfw: 'all', limit: 2 });
    const second = await search(bench, {
      query: 'lantern',
      sort: 'most-downloaded',
      nsfw: 'all',
      limit: 2,
      cursor: first.nextCursor,
    });
    assert.deepEqual([...idsOf(first), ...idsOf(second)], idsOf(all).slice(0, 4));
    await assert.rejects(search(bench, { query: 'lantern', sort: 'Most Images' }), {
      code: 'models.sort-needs-browsing',
      kind: 'invalid',
    });
  });

  it('keeps to a window of time and stops paging once everything is older', async () => {
    await using bench = await openOver(databases, simulator);
    const outcome = await search(bench, { nsfw: 'all', sort: 'Newest', since: '60d', limit: 1000 });
    const start = Date.now() - 60 * 86_400_000;
    for (const { versions } of outcome.found) {
      assert.ok(versions.every(({ publishedAt }) => Date.parse(publishedAt ?? '') >= start));
    }
    const pages = simulator.requests.filter(({ route }) => route === 'models').length;
    const total = Math.ceil(simulator.catalogue.models.length / 100);
    assert.ok(outcome.found.length > 0 && pages < total, `${pages} of ${total} pages`);
  });

  it('holds creators to their exact name and says when there is none', async () => {
    await using bench = await openOver(databases, simulator);
    const outcome = await search(bench, { creator: '墨田工房', nsfw: 'all', limit: 50 });
    assert.ok(outcome.found.length > 0);
    assert.ok(outcome.found.every(({ model }) => model.creator?.username === '墨田工房'));
    await assert.rejects(search(bench, { creator: 'nobody_of_that_name' }), { code: 'civitai.not-found' });
  });

  it('keeps what it found when a later page fails, and can go on from there', async () => {
    await using bench = await openOver(databases, simulator);
    const query = { nsfw: 'all', category: ['style', 'tool'], limit: 1000 };
    const whole = await search(bench, query);
    simulator.faults.set({ route: 'models', status: 404, skip: 1, times: 1 });
    const cut = await search(bench, query);
    assert.deepEqual([cut.stopped, cut.error?.code], ['error', 'civitai.not-found']);
    assert.ok(cut.found.length > 0 && cut.found.length < whole.found.length);
    const rest = await search(bench, { ...query, cursor: cut.nextCursor });
    assert.deepEqual([...idsOf(cut), ...idsOf(rest)], idsOf(whole));
  });

  it('remembers what it saw, and never forgets it', async () => {
    await using bench = await openOver(databases, simulator);
    await search(bench, { query: 'lantern', nsfw: 'all' });
    const tables = bench.database.tables<{ catalogue_models: { model_id: number; name: string } }>();
    const seen = await tables.selectFrom('catalogue_models').select('model_id').execute();
    assert.ok(seen.some(({ model_id }) => model_id === simulator.catalogue.known.lora.modelId));
    await search(bench, { query: 'watercolour', nsfw: 'all' });
    const later = await tables.selectFrom('catalogue_models').select('model_id').execute();
    const ids = new Set(later.map(({ model_id }) => model_id));
    assert.ok(later.length > seen.length && seen.every(({ model_id }) => ids.has(model_id)));
  });

  it('finds the same in the catalogue, without the site, and says what there is in all', async () => {
    await using bench = await openOver(databases, simulator);
    const all = await everything(bench, { nsfw: 'all' });
    simulator.clearRequests();
    const conditions = [
      { nsfw: 'all' },
      {},
      { nsfw: 'all', type: ['lora'], base: ['family:sdxl'], tag: ['style'] },
      { nsfw: 'all', license: ['sell'], minDownloads: 100 },
      { notTag: ['style'], format: ['safetensors'], since: '90d' },
    ];
    for (const condition of conditions) {
      const seen = await search(bench, { ...condition, source: 'catalogue', limit: 1000 });
      const { value, exact } = seen.total ?? {};
      assert.ok(exact === true ? value === seen.found.length : (value ?? Infinity) <= seen.found.length);
      const site = await everything(bench, condition);
      assert.deepEqual(
        idsOf(seen).toSorted((a, b) => a - b),
        site,
        JSON.stringify(condition),
      );
    }
    simulator.clearRequests();
    const pages: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(bench, { nsfw: 'all', source: 'catalogue', sort: 'newest', limit: 37, cursor });
      pages.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.deepEqual(
      pages.toSorted((a, b) => a - b),
      all,
    );
    assert.equal(simulator.requests.length, 0);
  });

  it('understands the query language in the catalogue and refuses what only the site knows', async () => {
    await using bench = await openOver(databases, simulator);
    await everything(bench, { nsfw: 'all' });
    const { found, order } = await search(bench, {
      query: 'lantern type:lora',
      source: 'catalogue',
      nsfw: 'all',
      limit: 100,
    });
    assert.ok(found.length > 0 && found.every(({ model }) => model.type === 'LORA'));
    assert.equal(order.used, 'Relevancy');
    const refusals = [
      [{ mine: 'favorites' }, 'models.only-the-site'],
      [{ checkpointType: 'Merge' }, 'models.only-the-site'],
      [{ sort: 'Most Images' }, 'models.sort-needs-browsing'],
    ] as const;
    for (const [query, code] of refusals) {
      await assert.rejects(search(bench, { ...query, source: 'catalogue' }), { code, kind: 'invalid' });
    }
    await assert.rejects(search(bench, { query: 'downloads:many', source: 'catalogue' }), ({ code }) =>
      code.startsWith('models.query-'),
    );
  });

  it('says which condition emptied the answer and what would be there without it', async () => {
    await using bench = await openOver(databases, simulator);
    for (const source of ['site', 'catalogue']) {
      const query = { nsfw: 'all', type: ['lora'], minDownloads: 10_000_000_000, source };
      const { found, relaxations } = await search(bench, query);
      assert.equal(found.length, 0);
      const [first] = relaxations;
      assert.equal(first?.filter, 'downloads');
      const without = await everything(bench, { nsfw: 'all', type: ['lora'], source });
      assert.equal(first?.wouldGive, without.length, source);
    }
  });

  it('asks by tag and by base model with the dual strategy, and tells what each gave', async () => {
    await using bench = await openOver(databases, simulator);
    const query = { nsfw: 'all', tag: ['style'], base: ['SDXL 1.0'] };
    const dual = await search(bench, { ...query, strategy: 'dual', limit: 1000 });
    assert.deepEqual(
      dual.contributions.map(({ question }) => question),
      ['tag', 'base'],
    );
    assert.ok(dual.contributions.every(({ fetched }) => fetched > 0));
    assert.equal(new Set(idsOf(dual)).size, dual.found.length);
    assert.deepEqual(
      idsOf(dual).toSorted((a, b) => a - b),
      await everything(bench, query),
    );
    const pages: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(bench, { ...query, strategy: 'dual', limit: 5, cursor });
      pages.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.deepEqual(pages, idsOf(dual));
  });

  it('orders by fields the site does not order by, in both directions, without gaps between pages', async () => {
    await using bench = await openOver(databases, simulator);
    for (const sortBy of ['size', 'name', 'quality', 'updated', 'buzz']) {
      for (const direction of ['asc', 'desc']) {
        const query = { nsfw: 'all', type: ['lora'], sortBy, direction };
        const whole = await search(bench, { ...query, limit: 1000 });
        assert.deepEqual([whole.order.by, whole.order.used], ['kura', `${sortBy} ${direction}`]);
        const first = await search(bench, { ...query, limit: 10 });
        const second = await search(bench, { ...query, limit: 10, cursor: first.nextCursor });
        assert.deepEqual([...idsOf(first), ...idsOf(second)], idsOf(whole).slice(0, 20), `${sortBy} ${direction}`);
      }
    }
  });

  it('applies itself what the site refuses, and says so', async () => {
    await using bench = await openOver(databases, simulator);
    const query = { nsfw: 'all', type: ['lora'], sort: 'Most Downloaded', limit: 40 };
    const usual = await search(bench, query);
    assert.equal(usual.order.by, 'site');
    simulator.faults.set({ route: 'models', status: 400, times: 1 });
    const { found, order, warnings, sent } = await search(bench, query);
    assert.deepEqual([order.by, order.used], ['kura', 'Most Downloaded']);
    assert.deepEqual(
      warnings.map(({ params }) => params?.['parameter']),
      ['sort'],
    );
    assert.ok(sent.every(({ name }) => name !== 'sort'));
    const counts = found.map(({ model }) => model.stats?.downloads ?? -1);
    assert.deepEqual(
      counts,
      usual.found.map(({ model }) => model.stats?.downloads ?? -1),
    );
  });

  it('asks for names nobody here knows, and warns', async () => {
    await using bench = await openOver(databases, simulator);
    const { found, warnings } = await search(bench, { base: ['Ilustrious'], nsfw: 'all' });
    assert.equal(found.length, 0);
    assert.equal(warnings[0]?.code, 'models.unknown-base-near');
    await assert.rejects(search(bench, { base: ['family:nothing'] }), { code: 'models.unknown-family' });
  });

  it('stops when the caller goes away', async () => {
    await using bench = await openOver(databases, simulator);
    const signal = AbortSignal.abort(new Error('gone'));
    await assert.rejects(bench.models.search(searchQuerySchema.parse({}), signal));
    assert.equal(asTester.signal.aborted, false);
  });
});
