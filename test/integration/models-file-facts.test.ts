/** What model files are by their content: kept with the scan, shown, filtered by, held against what the site says. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { z } from 'zod';

import { modelsCommands, modelsRoutes } from '#models';
import * as contract from '#models/contract';
import { adminCaller } from '#platform/access';
import { callInProcess } from '#platform/http';
import { createTestPlatform, testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { writeSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';
import { openOver } from './models/bench-over-simulator.ts';

/** A small LoRA for SDXL in half precision. */
function smallLora(): Buffer {
  const layers = Array.from({ length: 6 }, (_, block) => {
    const layer = `lora_unet_down_blocks_1_attentions_0_transformer_blocks_${block}_attn2_to_k`;
    return [
      { name: `${layer}.lora_down.weight`, shape: [4, 2048] },
      { name: `${layer}.lora_up.weight`, shape: [640, 4] },
    ];
  }).flat();
  let at = 0;
  const entries = layers.map(({ name, shape }) => {
    const begin = at;
    at += 2 * shape.reduce((product, side) => product * side, 1);
    return [name, { dtype: 'F16', shape, data_offsets: [begin, at] }] as const;
  });
  const notes = { ss_network_alpha: '2', ss_tag_frequency: JSON.stringify({ cats: { 'grey cat': 9 } }) };
  return writeSafetensors({ __metadata__: notes, ...Object.fromEntries(entries) }, at);
}

let folder = '';
let file = '';
let simulator: CivitaiSimulator;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-facts-'));
  file = join(folder, 'grey-cat.safetensors');
  await writeFile(file, smallLora());
  simulator = await startCivitaiSimulator({
    realModels: [
      { path: file, name: 'Grey cat', type: 'LORA', baseModel: 'SDXL 1.0' },
      { path: file, name: 'Grey whale', type: 'Checkpoint', baseModel: 'SD 1.5' },
      { path: file, name: 'Grey thing', type: 'Other', baseModel: 'SDXL 1.0' },
    ],
  });
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function place(bench: ModelBench, which: number) {
  // What the first look would refuse is let in: it is told all the same.
  const ref = `@${simulator.catalogue.real[which]?.versionId}`;
  const [item] = await bench.get([ref], which === 0 ? {} : { acceptRisk: true });
  assert.equal(item?.status, 'placed', JSON.stringify(item));
  return bench.models.readLibraryFile(item.path ?? '');
}

async function detailOf(bench: ModelBench, id: string, language: 'en' | 'ja' = 'en') {
  const routes = modelsRoutes(bench.models, translators);
  return callInProcess(
    routes,
    contract.readLibraryFile,
    { params: { id } },
    {
      caller: adminCaller(),
      session: undefined,
      language,
      requestId: 'test',
      nonce: '',
      signal: never,
      reply: { header: () => undefined },
    },
  );
}

async function kura(bench: ModelBench, argv: readonly string[], language: 'en' | 'ja' = 'en') {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, ['models', ...argv], { open: async () => bench.models, handlers, language });
}

async function factsBy(bench: ModelBench, what: string): Promise<contract.ModelFactsView | null> {
  const { stdout } = await kura(bench, ['inspect', what, '--json']);
  return z.object({ facts: contract.modelFactsSchema.nullable() }).parse(JSON.parse(stdout)).facts;
}

async function forget(bench: ModelBench): Promise<void> {
  await createTestPlatform(bench.database).unitOfWork.write(testActor, async (tx) => {
    await tx.tables<{ file_facts: { sha256: string } }>().deleteFrom('file_facts').execute();
  });
}

forEachDatabase((databases) => {
  it('keeps what a downloaded file is, and shows it with its reasons', async () => {
    await using bench = await openOver(databases, simulator);
    const placed = await place(bench, 0);
    const { facts } = await detailOf(bench, placed.id);
    assert.deepEqual(
      [facts?.kind?.id, facts?.base?.id, facts?.baseName, facts?.precision],
      ['lora', 'sdxl', 'SDXL', 'fp16'],
    );
    assert.deepEqual([facts?.rank?.usual, facts?.alpha, facts?.trainedWords], [4, 2, ['grey cat']]);
    assert.match(facts?.kind?.reasons[0]?.message ?? '', /tensors such as lora_unet_/);
    assert.deepEqual(facts?.contradictions, []);
    const japanese = await detailOf(bench, placed.id, 'ja');
    assert.match(japanese.facts?.kind?.reasons[0]?.message ?? '', /などのテンソル/);
  });

  it('tells where the site says something else', async () => {
    await using bench = await openOver(databases, simulator);
    const placed = await place(bench, 1);
    const { facts } = await detailOf(bench, placed.id);
    assert.deepEqual(
      facts?.contradictions.map(({ code }) => code),
      ['models.facts-type', 'models.facts-base'],
    );
    const shown = await kura(bench, ['show', placed.id]);
    assert.match(shown.stdout, /CivitAI says SD 1\.5; its tensors are those of SDXL/);
  });

  it('lists files by what they are', async () => {
    await using bench = await openOver(databases, simulator);
    const placed = await place(bench, 0);
    for (const [filter, count] of [
      [{ kind: ['lora', 'vae'] }, 1],
      [{ contentBase: ['sdxl'] }, 1],
      [{ kind: ['checkpoint'] }, 0],
      [{ kind: ['lora'], contentBase: ['sd1'] }, 0],
    ] as const) {
      const { items } = await bench.models.listLibrary({ ...filter, limit: 10 });
      assert.deepEqual(
        items.map(({ id }) => id),
        count === 0 ? [] : [placed.id],
        JSON.stringify(filter),
      );
    }
    const { byContent } = await bench.models.libraryStats();
    assert.deepEqual(byContent, {
      kinds: [{ kind: 'lora', files: 1 }],
      bases: [{ base: 'sdxl', name: 'SDXL', files: 1 }],
    });
    const listed = await kura(bench, ['list', '--kind', 'lora', '--content-base', 'sdxl', '--json']);
    assert.equal(contract.listLibrary.output.parse(JSON.parse(listed.stdout)).items.length, 1);
  });

  it('puts a file that the site gives no kind where files of its kind go, once its bytes are known', async () => {
    await using bench = await openOver(databases, simulator);
    assert.match((await place(bench, 2)).path, /other/i);
    await using other = await openOver(databases, simulator);
    await place(other, 0);
    assert.match((await place(other, 2)).path, /lora/i);
  });

  it('a scan of the library finds out what an older Kura did not know', async () => {
    await using bench = await openOver(databases, simulator);
    const placed = await place(bench, 0);
    await forget(bench);
    assert.equal((await detailOf(bench, placed.id)).facts, null);
    const first = await bench.models.scans.run({ fresh: false }, { onFile: () => undefined }, asTester);
    assert.equal(first.counts.known, 0);
    assert.equal((await detailOf(bench, placed.id)).facts?.kind?.id, 'lora');
    const second = await bench.models.scans.run({ fresh: false }, { onFile: () => undefined }, asTester);
    assert.equal(second.counts.known, 1);
  });

  it('inspects a file anywhere, and one of the library by its id', async () => {
    await using bench = await openOver(databases, simulator);
    const { id } = await place(bench, 0);
    const facts = await factsBy(bench, file);
    assert.equal(facts?.kind?.id, 'lora');
    assert.deepEqual(await factsBy(bench, id), facts);
    const japanese = await kura(bench, ['inspect', file], 'ja');
    assert.match(japanese.stdout, /中身から見たベース +SDXL 系/);
    const missing = await kura(bench, ['inspect', join(folder, 'none.safetensors')]);
    assert.equal(missing.code, 1);
    const folderOf = await kura(bench, ['inspect', folder], 'ja');
    assert.deepEqual([folderOf.code, /読み取れるファイルではありません/.test(folderOf.stderr)], [2, true]);
  });
});
