/** Quality counted as the settings say, the same from the site and from the catalogue, on both databases. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { searchQuerySchema } from '#models/contract';
import { startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { scoreQuality } from '../../src/domains/models/testing/quality-parts.ts';
import { openOver } from './models/bench-over-simulator.ts';

const byDefault = 'likes=40,downloads=30,engagement=20,comments=10,safe=2,style=1,general=1,quality=1';

async function ranked(bench: ModelBench, source: 'site' | 'catalogue') {
  const query = { source, sortBy: 'quality', nsfw: 'all', limit: 1000 };
  const outcome = await bench.models.search(searchQuerySchema.parse(query), never);
  return outcome.found.map(({ model }) => ({ model, options: outcome.quality }));
}

forEachDatabase((databases) => {
  it('orders by the weights of today, however it was counted before', async () => {
    await using simulator = await startCivitaiSimulator({ seed: 'quality', randomModels: 120 });
    let quality = { weights: byDefault, counters: 'in-all' as 'in-all' | 'per-year' };
    await using bench = await openOver(databases, simulator, { overrides: { quality: () => quality } });
    const orders = new Set<string>();
    for (const settings of [
      quality,
      { ...quality, weights: 'comments=100' },
      { ...quality, weights: 'safe=50, style=20, engagement=30' },
      { ...quality, counters: 'per-year' as const },
      quality,
    ]) {
      quality = settings;
      const site = await ranked(bench, 'site');
      const remembered = await ranked(bench, 'catalogue');
      assert.deepEqual(
        remembered.map(({ model }) => model.modelId),
        site.map(({ model }) => model.modelId),
        JSON.stringify(settings),
      );
      const scores = remembered.map(({ model, options }) => scoreQuality(model, options).score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
      orders.add(remembered.map(({ model }) => model.modelId).join());
    }
    assert.equal(orders.size, 4, 'each way of counting has an order of its own');
  });
});
