/** What may be said of a download: which parts, how fast, how long at most, again, or only what is missing. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { createPictureSizer } from '#engines/pictures';
import { createBandwidthLimit } from '#engines/transfer';
import { systemClock } from '#kernel/clock';
import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { refOf } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

const lora = 'loras/watercolour_wash_sdxl';
const usual = {
  layout: 'comfyui',
  connections: 4,
  parallel: 2,
  idleTimeoutMs: 5000,
  reserveBytes: 0,
  allowLikeness: false,
  lockWaitMs: 5000,
} as const;

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
}

async function getOne(bench: ModelBench, role: KnownRole, request?: Parameters<ModelBench['get']>[1]) {
  const [item] = await bench.get([refOf(simulator, role)], request);
  assert.ok(item);
  return item;
}

function fileRequests(): number {
  return simulator.requests.filter(({ path }) => path.startsWith('/api/download/')).length;
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('leaves out what is not wanted, and renews side-cars alone without touching the model', async () => {
    await using bench = await openOver(databases, simulator);
    const bare = await kura(
      bench,
      'models',
      'get',
      refOf(simulator, 'repairable'),
      '--no-sidecars',
      '--no-images',
      '--json',
    );
    assert.equal(bare.code, 0);
    assert.deepEqual(await bench.libraryFiles(), [`${lora}.safetensors`]);

    const asked = fileRequests();
    const renewed = await kura(bench, 'models', 'get', refOf(simulator, 'repairable'), '--only', 'sidecars', '--json');
    assert.equal(renewed.code, 0);
    assert.deepEqual(await bench.libraryFiles(), [`${lora}.civitai.info`, `${lora}.json`, `${lora}.safetensors`]);
    assert.equal(fileRequests(), asked, 'the model was asked for');
    const item = await getOne(bench, 'repairable', { only: ['images'] });
    assert.deepEqual([item.status, item.reason?.code], ['skipped', 'models.beside-renewed']);
    assert.ok((await bench.libraryFiles()).includes(`${lora}.preview.jpeg`));
    const [file] = (await bench.models.listLibrary({ limit: 1 })).items;
    assert.equal(file?.sidecars.length, 3);
  });

  it('writes nothing beside a model that is not there', async () => {
    await using bench = await openOver(databases, simulator);
    const item = await getOne(bench, 'repairable', { only: ['sidecars'] });
    assert.deepEqual([item.status, item.reason?.code], ['failed', 'models.nothing-to-stand-beside']);
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('fetches again what is there when forced to, and keeps the old file until the new one is right', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await getOne(bench, 'repairable');
    assert.equal((await getOne(bench, 'repairable')).status, 'skipped');
    const asked = fileRequests();
    const again = await kura(bench, 'models', 'get', refOf(simulator, 'repairable'), '--force', '--json');
    assert.equal(again.code, 0);
    assert.ok(fileRequests() > asked, 'nothing was fetched');
    assert.equal((await bench.models.listQuarantine()).length, 0);

    const { ino } = await stat(first.path ?? '');
    simulator.faults.set({ fileId: simulator.catalogue.known.repairable.fileId, flipByteAt: 5000 });
    const broken = await getOne(bench, 'repairable', { force: true });
    assert.equal(broken.status, 'failed');
    assert.equal((await stat(first.path ?? '')).ino, ino);
  });

  it('fetches again what stands there unrecorded, when forced to', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await getOne(bench, 'repairable');
    assert.ok(path);
    await using anew = await openOver(databases, simulator);
    const standing = path.replace(bench.library, anew.library);
    await mkdir(dirname(standing), { recursive: true });
    await copyFile(path, standing);
    const asked = fileRequests();
    const forced = await getOne(anew, 'repairable', { force: true });
    assert.deepEqual([forced.status, forced.path], ['placed', standing]);
    assert.ok(fileRequests() > asked, 'nothing was fetched');
  });

  it('fetches again what stands there as a file of another version, which it remains', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await getOne(bench, 'repairable');
    await bench.database.transaction(async (tx) => {
      const files = tx.tables<{ library_files: { version_id: number; file_id: number } }>();
      await files.updateTable('library_files').set({ version_id: 7, file_id: 8 }).execute();
    });
    assert.deepEqual((await getOne(bench, 'repairable')).status, 'skipped');
    const asked = fileRequests();
    const forced = await getOne(bench, 'repairable', { force: true });
    assert.deepEqual([forced.status, forced.path], ['placed', path]);
    assert.ok(fileRequests() > asked, 'nothing was fetched');
    const [file, ...others] = (await bench.models.listLibrary({ limit: 5 })).items;
    assert.deepEqual([file?.versionId, file?.fileId, others], [7, 8, []]);
  });

  it('keeps what a download cost', async () => {
    await using bench = await openOver(databases, simulator, { overrides: { version: '9.9.9' } });
    await getOne(bench, 'repairable');
    const [download] = (await bench.models.listDownloads({ limit: 1 })).items;
    assert.ok((download?.seconds ?? 0) > 0);
    assert.ok((download?.networkBytes ?? 0) >= (download?.sizeBytes ?? 1));
    assert.equal(download?.toolVersion, '9.9.9');
  });

  it('gets what is missing on disk, and only that', async () => {
    await using bench = await openOver(databases, simulator);
    await bench.get([refOf(simulator, 'repairable'), refOf(simulator, 'workflow')]);
    assert.deepEqual((await kura(bench, 'models', 'get', '--missing', '--json')).events.at(-1)?.['items'], []);
    await rm(`${bench.library}/${lora}.safetensors`);
    const { code, events } = await kura(bench, 'models', 'get', '--missing', '--json');
    assert.equal(code, 0);
    const items = events.at(-1)?.['items'] as ReadonlyArray<Readonly<Record<string, unknown>>>;
    assert.deepEqual(
      items.map(({ status, path }) => [status, path]),
      [['placed', `${bench.library}/${lora}.safetensors`]],
    );
  });

  it('refuses a file that is longer than allowed before it asks for a byte', async () => {
    await using bench = await openOver(databases, simulator, {
      overrides: {
        options: () => ({
          layout: 'comfyui',
          connections: 4,
          parallel: 2,
          idleTimeoutMs: 5000,
          reserveBytes: 0,
          maxBytes: 1000,
          allowLikeness: false,
          lockWaitMs: 5000,
        }),
      },
    });
    const item = await getOne(bench, 'repairable');
    assert.deepEqual([item.status, item.reason?.code], ['failed', 'transfer.too-large']);
    assert.equal(fileRequests(), 0);
  });

  it('shares one limit between files that are fetched at the same time', async () => {
    const refs = [refOf(simulator, 'repairable'), refOf(simulator, 'lora')];
    await using free = await openOver(databases, simulator);
    const items = await free.get(refs);
    const sum = items.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0);
    const largest = Math.max(...items.map(({ sizeBytes }) => sizeBytes ?? 0));
    // The larger one alone would take 0.4 s.
    const bandwidth = createBandwidthLimit(largest / 0.4, systemClock);
    await using limited = await openOver(databases, simulator, { overrides: { bandwidth } });
    const startedAt = performance.now();
    await limited.get(refs);
    const allowed = (sum / largest) * 400;
    assert.ok(performance.now() - startedAt >= allowed * 0.5, `${performance.now() - startedAt} ms`);
  });

  it('passes options through jobs', async () => {
    await using bench = await openOver(databases, simulator);
    const request = {
      refs: [refOf(simulator, 'repairable')],
      acceptRisk: false,
      without: ['images'] as const,
      bytesPerSecond: 7e6,
    };
    const { items } = await bench.models.startDownloads(request, asTester);
    const saved = await bench.models.readDownload(items[0]?.id ?? '');
    assert.deepEqual([saved.parts, saved.bytesPerSecond, saved.force], [['model', 'sidecars'], 7e6, false]);
  });

  it('passes options through download jobs of many files', async () => {
    await using bench = await openOver(databases, simulator);
    const start = ['models', 'batches', 'start', refOf(simulator, 'repairable'), '--json'];
    const bare = await kura(bench, ...start, '--no-sidecars', '--no-images', '--limit-rate', '50M');
    assert.equal(bare.code, 0, bare.stderr);
    assert.deepEqual(await bench.libraryFiles(), [`${lora}.safetensors`]);
    assert.equal((await kura(bench, ...start, '--only', 'sidecars')).code, 0);
    assert.ok((await bench.libraryFiles()).includes(`${lora}.json`));
    const asked = fileRequests();
    assert.equal((await kura(bench, ...start, '--force')).code, 0);
    assert.ok(fileRequests() > asked, 'nothing was fetched');
  });

  it('makes previews smaller where that is set', async () => {
    await using whole = await openOver(databases, simulator);
    await getOne(whole, 'repairable');
    const sent = await readFile(`${whole.library}/${lora}.preview.jpeg`);
    await using bench = await openOver(databases, simulator, {
      overrides: { options: () => ({ ...usual, previewPixels: 24 }) },
    });
    const item = await getOne(bench, 'repairable');
    assert.equal(item.status, 'placed');
    const picture = await readFile(`${bench.library}/${lora}.preview.jpeg`);
    await using sizer = createPictureSizer();
    const large = await sizer.shrink(sent, 4096, asTester.signal);
    const small = await sizer.shrink(picture, 4096, asTester.signal);
    assert.equal(Math.max(small.width, small.height), 24);
    assert.ok(large.width > small.width);
  });

  it('keeps a picture that stands there', async () => {
    await using bench = await openOver(databases, simulator);
    await getOne(bench, 'repairable', { without: ['images'] });
    await writeFile(`${bench.library}/${lora}.png`, 'mine');
    await getOne(bench, 'repairable', { only: ['images', 'sidecars'] });
    assert.equal(await readFile(`${bench.library}/${lora}.png`, 'utf8'), 'mine');
    assert.ok(!(await bench.libraryFiles()).some((name) => name.includes('.preview.')));
  });
});
