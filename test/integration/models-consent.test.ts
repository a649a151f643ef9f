/** Models of real people need a yes; minors or real people with adult content are not to be had at all. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import type { Model } from '#engines/civitai';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase, type TestDatabases } from '#stand-ins/databases';

import { asTester, type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

type Flags = Partial<Pick<Model, 'poi' | 'minor' | 'tags' | 'nsfwLevel'>>;

/** The site, with every model flagged otherwise. */
async function benchWith(databases: TestDatabases, flags: Flags): Promise<ModelBench> {
  return openOver(databases, simulator, {
    altered: (source) => ({ ...source, model: async (...asked) => ({ ...(await source.model(...asked)), ...flags }) }),
  });
}

function wanted(): string {
  return `@${simulator.catalogue.known.lora.versionId}`;
}

async function outcome(bench: ModelBench, acceptLikeness?: boolean) {
  const [item] = await bench.get([wanted()], { acceptLikeness });
  return [item?.status, item?.reason?.code ?? null];
}

forEachDatabase((databases) => {
  for (const flags of [{ poi: true }, { tags: ['style', 'Celebrity'] }]) {
    it(`asks once for a model with ${JSON.stringify(flags)} and remembers the yes`, async () => {
      await using bench = await benchWith(databases, flags);
      assert.deepEqual(await outcome(bench), ['failed', 'models.consent-needed']);
      assert.deepEqual(await bench.libraryFiles(), []);
      assert.deepEqual(await outcome(bench, true), ['placed', null]);
      assert.deepEqual(await outcome(bench), ['skipped', null]);
      const { items } = await bench.models.startDownloads({ refs: [wanted()], acceptRisk: false }, asTester);
      assert.equal(items.length, 1);
    });
  }

  it('does not take a plan for a yes', async () => {
    await using bench = await benchWith(databases, { poi: true });
    const request = { refs: [wanted()], acceptRisk: false, acceptLikeness: true };
    const plan = await bench.models.plan(request, never);
    assert.equal(plan.items.length, 1);
    assert.deepEqual(await outcome(bench), ['failed', 'models.consent-needed']);
  });

  it('refuses adult content of such people even to those who say yes', async () => {
    for (const flags of [
      { poi: true, nsfwLevel: 9 },
      { minor: true, nsfwLevel: 9 },
    ]) {
      await using bench = await benchWith(databases, flags);
      assert.deepEqual(await outcome(bench, true), ['failed', 'models.excluded'], JSON.stringify(flags));
    }
  });
});
