/** `kura models facets` and its route: what the catalogue holds, counted over the conditions that are given. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 40 });
});
after(async () => simulator[Symbol.asyncDispose]());

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
}

forEachDatabase((databases) => {
  it('counts over the filter what a search of the catalogue finds', async () => {
    await using bench = await openOver(databases, simulator);
    await kura(bench, 'models', 'search', '--limit', 'all', '--nsfw', 'all', '--json');
    const whole = await kura(bench, 'models', 'facets', '--nsfw', 'all', '--most', '100', '--json');
    assert.equal(whole.code, 0, whole.stderr);
    const { models, facets } = JSON.parse(whole.stdout);
    assert.ok(models > 40);
    const sum = facets.type.reduce((total: number, { models: count }: { models: number }) => total + count, 0);
    assert.equal(sum, models, 'each model has one type');
    for (const [flag, name] of [
      ['--type', 'type'],
      ['--base', 'base'],
      ['--tag', 'tag'],
      ['--creator', 'creator'],
    ] as const) {
      const [first] = facets[name];
      const argv = ['models', 'search', '--source', 'catalogue', '--nsfw', 'all', flag, first.value];
      const found = JSON.parse((await kura(bench, ...argv, '--limit', '1000', '--json')).stdout);
      assert.equal(found.items.length, first.models, `${name} ${first.value}`);
      const narrowed = await kura(bench, 'models', 'facets', '--nsfw', 'all', flag, first.value, '--json');
      assert.equal(JSON.parse(narrowed.stdout).models, first.models);
    }
  });

  it('speaks to people, and refuses what only the site knows', async () => {
    await using bench = await openOver(databases, simulator);
    await kura(bench, 'models', 'search', '--limit', '20', '--json');
    const told = await kura(bench, 'models', 'facets', '--lang', 'ja');
    assert.match(told.stdout, /ベースモデル[\s\S]*年齢区分\n {2}全年齢/);
    const refused = await kura(bench, 'models', 'facets', '--checkpoint-type', 'Merge');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /checkpointType/);
  });
});
