/** The commands as people and programs use them: names of fields, last lines, exit codes (blueprint §4.2). */
import assert from 'node:assert/strict';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
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

function doneOf({ events }: Awaited<ReturnType<typeof kura>>) {
  const last = events.at(-1);
  assert.equal(last?.['event'], 'done');
  return last as { readonly items: ReadonlyArray<Readonly<Record<string, unknown>>> };
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('answers a search with one document of the agreed shape', async () => {
    await using bench = await openOver(databases, simulator);
    const { stdout, code } = await kura(bench, 'models', 'search', 'lantern', 'festival', '--json');
    assert.equal(code, 0);
    const { items, stages } = JSON.parse(stdout);
    const { modelId, versionId, fileId } = simulator.catalogue.known.lora;
    const item = items.find((one: { modelId: number }) => one.modelId === modelId);
    assert.deepEqual(
      [item.versionId, item.type, item.baseModel, item.creator],
      [versionId, 'LORA', 'Illustrious', 'mizuki_lab'],
    );
    assert.ok(item.tags.includes('style') && item.nsfwLevel === 1);
    assert.deepEqual(Object.keys(item.license).toSorted(), [
      'allowCommercialUse',
      'allowDerivatives',
      'allowDifferentLicense',
      'allowNoCredit',
    ]);
    assert.equal(typeof item.stats.downloads, 'number');
    const file = item.files.find((one: { fileId: number }) => one.fileId === fileId);
    assert.deepEqual(Object.keys(file).toSorted(), [
      'chosen',
      'fileId',
      'format',
      'hashes',
      'name',
      'sizeBytes',
      'type',
    ]);
    assert.match(file.hashes.SHA256, /^[0-9a-f]{64}$/);
    for (const stage of stages) assert.deepEqual(Object.keys(stage).toSorted(), ['filter', 'in', 'out', 'where']);
  });

  it('takes permissions by commas as well as one by one, and refuses words that mean nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const commas = await kura(bench, 'models', 'search', '--license', 'sell,derivatives', '--json');
    const apart = await kura(bench, 'models', 'search', '--license', 'Sell', '--license', 'derivatives', '--json');
    assert.equal(JSON.parse(commas.stdout).items.length > 0, true);
    assert.deepEqual(JSON.parse(commas.stdout).items, JSON.parse(apart.stdout).items);
    for (const words of [
      ['--license', 'free'],
      ['--category', 'posse'],
      ['--since', 'soon'],
      ['--limit', '0'],
    ]) {
      assert.equal((await kura(bench, 'models', 'search', ...words, '--json')).code, 2, words.join(' '));
    }
  });

  it('shows people a table in their language', async () => {
    await using bench = await openOver(databases, simulator);
    const { stdout } = await kura(bench, 'models', 'search', 'lantern', '--lang', 'ja');
    assert.match(stdout, /Lantern Festival Style +LORA/);
    assert.match(stdout, /絞り込み: [0-9,]+ 件取得/);
  });

  it('reads references from a file with comments, and ends with what became of each', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, embedding } = simulator.catalogue.known;
    const list = join(bench.home, 'refs.txt');
    await writeFile(list, `\uFEFF# wanted\n@${lora.versionId}   # the lantern\r\n\n@${embedding.versionId}\n`);
    const run = await kura(bench, 'models', 'get', '--from', list, '--json');
    assert.equal(run.code, 0);
    const { items } = doneOf(run);
    assert.deepEqual(
      items.map(({ ref, status }) => [ref, status]),
      [
        [`@${lora.versionId}`, 'placed'],
        [`@${embedding.versionId}`, 'placed'],
      ],
    );
    for (const item of items) {
      assert.deepEqual(Object.keys(item), ['ref', 'status', 'path', 'sizeBytes', 'sha256', 'verdict']);
    }
    assert.ok(run.events.some(({ event }) => event === 'planned'));
  });

  it('shows a plan with sizes and places, and fetches nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora } = simulator.catalogue.known;
    simulator.clearRequests();
    const run = await kura(bench, 'models', 'get', `@${lora.versionId}`, '--dry-run', '--layout', 'a1111', '--json');
    const [item] = doneOf(run).items;
    assert.deepEqual([run.code, item?.['status'], item?.['sizeBytes']], [0, 'planned', lora.sizeBytes]);
    assert.equal(item?.['path'], join(bench.library, 'models/Lora/lantern_festival_ilxl_v2.safetensors'));
    assert.ok(simulator.requests.every(({ route }) => route !== 'download' && route !== 'storage'));
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('keeps the exit codes apart', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, maliciousPickle, wrongHash } = simulator.catalogue.known;
    const codes = {
      [`@${lora.versionId} nonsense`]: 3,
      nonsense: 2,
      '424242': 1,
      [`@${wrongHash.versionId}`]: 5,
      [`@${maliciousPickle.versionId} @${lora.versionId}`]: 4,
    };
    for (const [refs, code] of Object.entries(codes)) {
      const run = await kura(bench, 'models', 'get', ...refs.split(' '), '--json');
      assert.equal(run.code, code, refs);
      doneOf(run);
    }
    assert.equal((await kura(bench, 'models', 'get', '--json')).code, 2);
  });

  it('says why in words, with advice, in both languages', async () => {
    await using bench = await openOver(databases, simulator);
    const ref = `@${simulator.catalogue.known.maliciousPickle.versionId}`;
    const english = await kura(bench, 'models', 'get', ref);
    assert.match(english.stdout, /would run code when loaded[\s\S]*Look for a safetensors version/);
    const japanese = await kura(bench, 'models', 'get', ref, '--lang', 'ja');
    assert.match(japanese.stdout, /読み込むとコードを実行します/);
    const [item] = doneOf(await kura(bench, 'models', 'get', ref, '--json')).items;
    assert.deepEqual(Object.keys(item?.['reason'] as object), ['code', 'message']);
  });

  it('verifies with exit code 5, repairs, and then finds nothing wrong', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, embedding, vae } = simulator.catalogue.known;
    await kura(bench, 'models', 'get', ...[lora, embedding, vae].map(({ versionId }) => `@${versionId}`));
    const { items } = await bench.models.listLibrary({ limit: 10 });
    const [first, second] = items;
    await rm(first?.path ?? '');
    await truncate(second?.path ?? '', 10);
    const broken = await kura(bench, 'models', 'verify', '--all', '--json');
    const { event: _event, ...counts } = broken.events.at(-1) ?? {};
    assert.deepEqual([broken.code, counts], [5, { files: 3, present: 1, missing: 1, damaged: 1, unreadable: 0 }]);
    assert.equal((await kura(bench, 'models', 'verify', first?.id ?? '', '--json')).code, 5);
    const repaired = await kura(bench, 'models', 'repair', '--all', '--json');
    assert.deepEqual([repaired.code, repaired.events.at(-1)?.['repaired']], [0, 2]);
    assert.equal((await kura(bench, 'models', 'verify', '--all', '--json')).code, 0);
  });

  it('lists, shows and counts what is there, and takes files back from quarantine', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, maliciousPickle } = simulator.catalogue.known;
    await kura(bench, 'models', 'get', `@${lora.versionId}`, `@${maliciousPickle.versionId}`);
    const [file] = JSON.parse((await kura(bench, 'models', 'list', '--json')).stdout).items;
    const byPath = JSON.parse((await kura(bench, 'models', 'show', file.path, '--json')).stdout);
    assert.deepEqual([byPath.id, byPath.trainedWords[0]], [file.id, 'lantern festival']);
    const model = JSON.parse((await kura(bench, 'models', 'show', String(lora.modelId), '--json')).stdout);
    assert.equal(model.versions[0].files[0].libraryId, file.id);
    const stats = JSON.parse((await kura(bench, 'models', 'stats', '--json')).stdout);
    assert.equal(stats.quarantined, 1);
    assert.ok(stats.catalogue.versions >= 1 && stats.catalogue.bytes > 0 && stats.catalogue.byType[0].models >= 1);

    const [kept] = JSON.parse((await kura(bench, 'models', 'quarantine', 'list', '--json')).stdout).items;
    assert.match(kept.findings[0].message, /os\.system/);
    assert.equal((await kura(bench, 'models', 'quarantine', 'restore', kept.id, '--json')).code, 4);
    const restored = await kura(
      bench,
      'models',
      'quarantine',
      'restore',
      kept.id,
      '--accept-risk',
      '--reason',
      'written by ourselves',
      '--json',
    );
    assert.deepEqual([restored.code, JSON.parse(restored.stdout).verdict], [0, 'dangerous']);
  });
});
