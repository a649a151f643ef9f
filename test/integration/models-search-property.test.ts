/**
 * For random catalogues and random conditions, a search finds what the same conditions mean over the whole catalogue:
 * all of it, once, in order, and exactly as many as were asked for (issue 3, acceptance 2).
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import * as fc from 'fast-check';

import { searchQuerySchema } from '#models/contract';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';
import { randomQuery } from './models/random-query.ts';
import { inOrder, type TruthQuery, trueHits } from './models/site-truth.ts';

const seeds = ['lantern', '提灯'];
const runsPerSeed = 50;
const today = Date.now() - (Date.now() % 86_400_000);

/** Orders that Kura makes itself; where the site sorts, it breaks ties and places hidden counters by its own lights. */
const randomOrder = fc.record({
  order: fc.oneof(
    fc.record({ sortBy: fc.constantFrom('downloads', 'likes', 'comments', 'buzz'), direction: fc.constant('asc') }),
    fc.record({ sortBy: fc.constant('buzz'), direction: fc.constant('desc') }),
  ),
  strategy: fc.constantFrom('direct', 'dual'),
});

/** The catalogue makes all of its orders itself. */
const rememberedOrder = fc.record({
  sortBy: fc.constantFrom('downloads', 'likes', 'comments', 'buzz'),
  direction: fc.constantFrom('asc', 'desc'),
});

async function search(bench: ModelBench, query: object) {
  const outcome = await bench.models.search(searchQuerySchema.parse(query), never);
  return {
    ...outcome,
    hits: outcome.found.map(({ model, versions }) => ({
      modelId: Number(model.modelId),
      versionIds: versions.map(({ versionId }) => Number(versionId)),
    })),
  };
}

const everything: TruthQuery = { nsfw: 'all' };

forEachDatabase((databases) => {
  // What differs between the databases shows in one catalogue.
  for (const seed of databases.dialect === 'sqlite' ? seeds : seeds.slice(0, 1)) {
    let simulator: CivitaiSimulator;
    let bench: ModelBench;
    before(async () => {
      simulator = await startCivitaiSimulator({ seed, randomModels: 150 });
      bench = await openOver(databases, simulator);
    });
    after(async () => {
      await bench[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    });

    // The site is asked the same way over either database; one of them says it all, in half the time.
    if (databases.dialect === 'sqlite') {
      it(`finds exactly what the conditions mean, catalogue ${seed}`, async () => {
        let fruitful = 0;
        await fc.assert(
          fc.asyncProperty(randomQuery(today), fc.integer({ min: 1, max: 40 }), async (query, limit) => {
            const whole = trueHits(simulator, query, Date.now());
            const outcome = await search(bench, { ...query, limit });
            assert.deepEqual(outcome.hits, whole.slice(0, limit));
            if (whole.length !== limit) assert.equal(outcome.stopped, whole.length > limit ? 'limit' : 'end');
            if (whole.length > 0) fruitful += 1;
          }),
          { numRuns: runsPerSeed },
        );
        assert.ok(fruitful > runsPerSeed / 4, `${fruitful} queries found something`);
      });

      it(`keeps to the order that was asked for, by one question or several, catalogue ${seed}`, async () => {
        await fc.assert(
          fc.asyncProperty(randomQuery(today), randomOrder, async (query, { order, strategy }) => {
            const whole = inOrder(simulator, trueHits(simulator, query, Date.now()), order);
            const outcome = await search(bench, { ...query, ...order, strategy, limit: 25 });
            assert.deepEqual(outcome.hits, whole.slice(0, 25));
          }),
          { numRuns: 15 },
        );
      });
    }

    it(`finds the same in what it remembers of catalogue ${seed}, without the network`, async () => {
      // One of its own: what other questions saw would be remembered, too.
      await using remembering = await openOver(databases, simulator);
      await search(remembering, { ...everything, limit: 1000 });
      simulator.clearRequests();
      await fc.assert(
        fc.asyncProperty(
          randomQuery(today),
          rememberedOrder,
          fc.integer({ min: 1, max: 40 }),
          async (query, order, limit) => {
            const whole = inOrder(simulator, trueHits(simulator, query, Date.now(), everything), order);
            const found = await allRemembered(remembering, { ...query, ...order }, limit);
            assert.deepEqual(
              found,
              whole.map(({ modelId, versionIds }) => ({ modelId, versionIds: versionIds.slice(0, 1) })),
            );
          },
        ),
        { numRuns: 40 },
      );
      assert.equal(simulator.requests.length, 0);
    });
  }
});

type Hits = Awaited<ReturnType<typeof search>>['hits'];

/** All pages of an answer from the catalogue; each is full but the last. */
async function allRemembered(bench: ModelBench, query: TruthQuery, limit: number): Promise<Hits> {
  const hits: Hits[number][] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await search(bench, { ...query, source: 'catalogue', limit, cursor });
    cursor = page.nextCursor;
    if (cursor !== undefined) assert.equal(page.hits.length, limit);
    hits.push(...page.hits.map(({ modelId, versionIds }) => ({ modelId, versionIds: versionIds.slice(0, 1) })));
  }
  return hits;
}
