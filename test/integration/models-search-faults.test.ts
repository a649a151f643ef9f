/** Searches of a site whose lists go wrong: nothing twice, nothing lost, and never a broken list told as a whole one. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import * as fc from 'fast-check';

import { searchQuerySchema } from '#models/contract';
import { type CivitaiSimulator, type Fault, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase, type TestDatabases } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';
import { randomQuery } from './models/random-query.ts';
import { trueHits } from './models/site-truth.ts';

const today = Date.now() - (Date.now() % 86_400_000);
const onPage = { route: 'models', skip: 1 } as const;

/** Faults that a search gets over: its answer is the whole answer. */
const survived: Readonly<Record<string, readonly Fault[]>> = {
  'pages that begin with items of the page before': [{ overlapItems: 3 }],
  'pages that overlap almost whole': [{ overlapItems: 19 }],
  'items twice on a page': [{ doubleItems: 7 }],
  'an empty first page with a cursor': [{ emptyPage: true, times: 1 }],
  'two empty pages with cursors in the middle': [{ emptyPage: true, skip: 1, times: 2 }],
  'a cursor that leads to itself once': [{ ...onPage, sameCursor: true, times: 1 }],
  'pages smaller than asked for': [{ serveAtMost: 9 }],
  'page sizes that change on the way': [
    { serveAtMost: 30, skip: 1, times: 1 },
    { serveAtMost: 7, skip: 2, times: 2 },
  ],
  'a site that takes no more than 50 per page': [{ refuseAbove: 50 }],
  '429 with Retry-After': [{ ...onPage, status: 429, retryAfter: 1, times: 1 }],
  '429 without Retry-After, twice': [{ ...onPage, status: 429, times: 2 }],
  '502 on the second page': [{ ...onPage, status: 502, times: 1 }],
  '500 on the second page': [{ ...onPage, status: 500, times: 1 }],
  '503 on two pages': [
    { ...onPage, status: 503, times: 1 },
    { route: 'models', skip: 3, status: 503, times: 2 },
  ],
  'JSON cut off once': [{ ...onPage, truncateJson: true, times: 1 }],
  'an HTML page once': [{ ...onPage, html: true, times: 1 }],
  'a connection that breaks': [{ ...onPage, cutAfterBytes: 500, times: 1 }],
};

/** Faults that end a search before its end: what came before stands, and the answer says that it is not all. */
const fatal: Readonly<Record<string, { readonly faults: readonly Fault[]; readonly stopped: string }>> = {
  'a cursor that leads to itself': { faults: [{ ...onPage, sameCursor: true }], stopped: 'repeated-cursor' },
  '503 for good': { faults: [{ ...onPage, status: 503 }], stopped: 'error' },
  'a page the site cannot put together': { faults: [{ ...onPage, status: 500 }], stopped: 'error' },
  'JSON cut off for good': { faults: [{ ...onPage, truncateJson: true }], stopped: 'error' },
  'HTML for good': { faults: [{ ...onPage, html: true }], stopped: 'error' },
  'a page that is refused': { faults: [{ ...onPage, status: 400 }], stopped: 'error' },
  'a login that is asked for': { faults: [{ ...onPage, status: 401 }], stopped: 'error' },
};

const query = { nsfw: 'all', category: ['style', 'character', 'concept'] } as const;
const immediately = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0 };

async function search(bench: ModelBench, more: object) {
  const outcome = await bench.models.search(searchQuerySchema.parse({ ...query, ...more }), never);
  return { ...outcome, ids: outcome.found.map(({ model }) => Number(model.modelId)) };
}

async function allByCursor(bench: ModelBench, limit: number): Promise<readonly number[]> {
  const ids: number[] = [];
  let cursor: string | undefined;
  do {
    const outcome = await search(bench, { limit, cursor });
    ids.push(...outcome.ids);
    cursor = outcome.nextCursor;
  } while (cursor !== undefined && ids.length < 1000);
  return ids;
}

forEachDatabase((databases) => {
  // What a site does wrong is the same over either database.
  if (databases.dialect !== 'sqlite') return;
  let simulator: CivitaiSimulator;
  let whole: readonly number[];

  before(async () => {
    simulator = await startCivitaiSimulator({ seed: 'faults', randomModels: 150 });
    whole = trueHits(simulator, query, Date.now()).map(({ modelId }) => modelId);
  });
  after(() => simulator[Symbol.asyncDispose]());

  /** A bench of its own: a client remembers for a while how a site treated it. */
  async function openWith(on: TestDatabases, faults: readonly Fault[]): Promise<ModelBench> {
    const bench = await openOver(on, simulator, { random: immediately });
    simulator.faults.set(...faults);
    return bench;
  }

  for (const [name, faults] of Object.entries(survived)) {
    it(`finds everything, once and in order, in spite of ${name}`, async () => {
      await using bench = await openWith(databases, faults);
      const outcome = await search(bench, { limit: 1000 });
      assert.deepEqual([outcome.ids, outcome.stopped, outcome.error?.code], [whole, 'end', undefined]);
      simulator.faults.set(...faults);
      const some = await search(bench, { limit: 33 });
      assert.deepEqual([some.ids, some.stopped], [whole.slice(0, 33), 'limit']);
    });
  }

  it('finds what random conditions mean in spite of random faults', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuery(today),
        fc.subarray(
          Object.keys(survived).filter((name) => !name.includes('Retry-After')),
          { minLength: 1, maxLength: 2 },
        ),
        fc.integer({ min: 1, max: 40 }),
        async (conditions, names, limit) => {
          const faults = names.flatMap((name) => survived[name] ?? []);
          await using bench = await openWith(databases, faults);
          const expected = trueHits(simulator, conditions, Date.now()).map(({ modelId }) => modelId);
          const outcome = await bench.models.search(searchQuerySchema.parse({ ...conditions, limit }), never);
          assert.deepEqual(
            outcome.found.map(({ model }) => Number(model.modelId)),
            expected.slice(0, limit),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  for (const name of Object.keys(survived).filter((one) => /page|cursor/.test(one) && !/^\d|HTML/.test(one))) {
    it(`goes on by cursor without gaps or repeats in spite of ${name}`, async () => {
      await using bench = await openWith(databases, survived[name] ?? []);
      assert.deepEqual(await allByCursor(bench, 17), whole);
    });
  }

  for (const [name, { faults, stopped }] of Object.entries(fatal)) {
    it(`keeps what came before and says so at ${name}`, async () => {
      await using bench = await openWith(databases, faults);
      const cut = await search(bench, { limit: 1000 });
      assert.equal(cut.stopped, stopped);
      assert.ok(cut.ids.length > 0 && cut.ids.length < whole.length, `${cut.ids.length} of ${whole.length}`);
      assert.deepEqual(cut.ids, whole.slice(0, cut.ids.length));
    });
  }

  it('can go on where a page failed once the site is well again', async () => {
    await using bench = await openWith(databases, [{ ...onPage, status: 400 }]);
    const cut = await search(bench, { limit: 1000 });
    simulator.faults.clear();
    const rest = await search(bench, { limit: 1000, cursor: cut.nextCursor });
    assert.deepEqual([...cut.ids, ...rest.ids], whole);
  });
});
