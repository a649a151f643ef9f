/** The registry of the site's features in the product: modes, counted uses, probes (M-055…M-060). */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import type { FeatureMode } from '#engines/civitai';
import { modelsCommands, modelsRoutes, siteProbe } from '#models';
import { searchQuerySchema } from '#models/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';
import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
}

async function search(bench: ModelBench, query: Record<string, unknown>) {
  const outcome = await bench.models.search(searchQuerySchema.parse({ limit: 100, ...query }), never);
  return {
    ...outcome,
    ids: outcome.found.map(({ model }) => model.modelId),
    names: outcome.sent.map(({ name }) => name),
  };
}

async function report(bench: ModelBench, id: string) {
  const found = (await bench.models.features.list()).find(({ feature }) => feature.id === id);
  assert.ok(found);
  return found;
}

function requests(): number {
  return simulator.requests.filter(({ route }) => route === 'models').length;
}

forEachDatabase((databases) => {
  let mode: FeatureMode = 'extended';
  const overrides = { featureMode: () => mode };
  beforeEach(() => {
    mode = 'extended';
    simulator.faults.clear();
  });

  it('counts what searches use, and says unknown of what was never tried', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    assert.equal((await report(bench, 'models.base-models')).standing, 'unknown');
    const { level } = await search(bench, { base: ['Pony'] });
    assert.equal(level, 'extended');
    const { standing, ratio, counted } = await report(bench, 'models.base-models');
    assert.deepEqual([standing, ratio, counted?.succeeded, counted?.failed], ['available', 1, 1, 0]);
    assert.equal((await report(bench, 'models.verified')).standing, 'unknown');
  });

  it('asks only what is official in that mode and finds the same', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    const asked = { base: ['Pony'], license: ['sell'], sort: 'Newest' };
    const extended = await search(bench, asked);
    mode = 'official-only';
    const official = await search(bench, asked);
    assert.ok(extended.names.includes('baseModels') && extended.names.includes('allowCommercialUse'));
    assert.deepEqual([...new Set(official.names)].toSorted(), ['limit', 'nsfw', 'sort']);
    assert.deepEqual(official.ids, extended.ids);
    assert.ok(official.ids.length > 0);
    assert.deepEqual(
      [official.level, official.warnings.map(({ code, params }) => [code, params['parameter']])],
      [
        'official',
        [
          ['models.parameter-switched-off', 'baseModels'],
          ['models.parameter-switched-off', 'allowCommercialUse'],
        ],
      ],
    );
  });

  it('refuses what only the site could answer, until a person allows it', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    mode = 'official-only';
    const before = requests();
    await assert.rejects(search(bench, { checkpointType: 'Merge' }), { code: 'models.feature-off' });
    assert.equal(requests(), before, 'nothing was asked');
    const allowed = await bench.models.features.choose('models.checkpoint-type', 'on', testActor);
    assert.deepEqual([allowed.decision, allowed.counted?.chosen], ['on', 'on']);
    assert.ok((await search(bench, { checkpointType: 'Merge' })).names.includes('checkpointType'));
    await bench.models.features.choose('models.checkpoint-type', null, testActor);
    assert.equal((await report(bench, 'models.checkpoint-type')).decision, 'mode');
  });

  it('tells the site of its order only in experimental mode', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    const asked = { sortBy: 'downloads', direction: 'asc' };
    const plain = await search(bench, asked);
    mode = 'experimental';
    const hinted = await search(bench, asked);
    assert.deepEqual([plain.names.includes('sortBy'), hinted.names.includes('sortBy')], [false, true]);
    assert.deepEqual([hinted.level, hinted.ids], ['experimental', plain.ids]);
  });

  it('holds a question the site refuses against the feature that is named', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    simulator.faults.add({ route: 'models', status: 400, times: 1 });
    const { warnings } = await search(bench, { base: ['Pony'] });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['models.parameter-refused'],
    );
    const { counted, standing } = await report(bench, 'models.base-models');
    assert.deepEqual([counted?.failed, counted?.lastError, standing], [1, 'civitai.request-refused', 'unavailable']);
    assert.equal((await report(bench, 'models.limit')).counted?.failed, 0, 'what is promised is not to blame');
  });

  it('probes against a control, and takes the outcome for a day', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    const { features } = bench.models;
    const options = { again: false, signal: never };
    const works = await features.probe('models.supports-generation', options);
    assert.deepEqual([works.counted?.probeOutcome, works.standing, works.isProbeDue], ['works', 'available', false]);
    const none = await features.probe('models.verified', options);
    assert.deepEqual([none.counted?.probeOutcome, none.standing], ['no-effect', 'unavailable']);
    const before = requests();
    await features.probe('models.verified', options);
    assert.equal(requests(), before);
    await features.probe('models.verified', { ...options, again: true });
    assert.equal(requests(), before + 2);
    mode = 'experimental';
    assert.equal((await report(bench, 'models.verified')).decision, 'no-effect');
    await assert.rejects(features.probe('models.detail', options), { code: 'models.feature-without-probe' });
    await assert.rejects(features.probe('models.nothing', options), { code: 'models.feature-unknown' });
  });

  it('lists, chooses and probes by command', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    const listed = await kura(bench, 'models', 'features', '--off', 'models.tag', '--json');
    const { mode: shown, items } = JSON.parse(listed.stdout);
    const tag = items.find(({ id }: { id: string }) => id === 'models.tag');
    assert.deepEqual([listed.code, shown, items.length], [0, 'extended', 60]);
    assert.deepEqual([tag.decision, tag.choice, tag.standing, tag.ratio], ['switched-off', 'off', 'unknown', null]);
    assert.equal((await kura(bench, 'models', 'features', '--on', 'no.such', '--json')).code, 1);
    const probed = JSON.parse((await kura(bench, 'models', 'features', '--probe', '--json')).stdout);
    assert.deepEqual(probed.failedProbes, []);
    const outcomes = new Set(probed.items.map((one: { probeOutcome: string }) => one.probeOutcome));
    assert.ok(outcomes.has('works'));
    const table = await kura(bench, 'models', 'features', '--lang', 'ja');
    assert.match(table.stdout, /models\.tag .*使わない \(設定\)/);
  });

  it('shows in health what is switched off and what has changed gravely', async () => {
    await using bench = await openOver(databases, simulator, { overrides });
    const probe = siteProbe(bench.models);
    assert.equal((await probe.run(never)).state, 'ok');
    await bench.models.features.choose('models.tag', 'off', testActor);
    bench.models.apiWatch.observe({ endpoint: '/models', status: 200, headers: {}, body: '<html></html>' });
    const { state, detail } = await probe.run(never);
    assert.deepEqual([state, /1 critical/.test(detail), /off: models\.tag/.test(detail)], ['degraded', true, true]);
  });
});
