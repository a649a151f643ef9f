/** The history of downloads: asked by date, type, status and text, counted, and taken to another place. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { refOf } from './models/batch-bench.ts';
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

async function namesOf(bench: ModelBench, ...words: readonly string[]): Promise<readonly string[]> {
  const { stdout, code } = await kura(bench, 'models', 'downloads', 'list', ...words, '--json');
  assert.equal(code, 0);
  return JSON.parse(stdout).items.map(({ name }: { name: string }) => name);
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('answers by type, status, date and text, as a table, JSON or CSV', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', fileId: simulator.catalogue.known.vae.fileId, status: 410 });
    await bench.get([refOf(simulator, 'repairable'), refOf(simulator, 'workflow'), refOf(simulator, 'vae')]);
    assert.equal((await namesOf(bench)).length, 3);
    assert.deepEqual(await namesOf(bench, '--type', 'lora'), ['watercolour_wash_sdxl.safetensors']);
    assert.equal((await namesOf(bench, '--status', 'failed')).length, 1);
    assert.deepEqual(await namesOf(bench, '--text', 'WATERCOLOUR_w'), ['watercolour_wash_sdxl.safetensors']);
    assert.deepEqual(await namesOf(bench, '--text', 'watercolour%wash'), []);
    assert.equal((await namesOf(bench, '--since', '1d')).length, 3);
    assert.equal((await namesOf(bench, '--until', '1d')).length, 0);
    assert.equal((await kura(bench, 'models', 'downloads', 'list', '--status', 'gone')).code, 2);

    const csv = await kura(bench, 'models', 'downloads', 'list', '--format', 'csv', '--type', 'lora');
    const [head, line, ...rest] = csv.stdout.trim().split('\r\n');
    assert.match(head ?? '', /^id,updatedAt,status,type,name,/);
    assert.match(line ?? '', /,placed,LORA,watercolour_wash_sdxl\.safetensors,/);
    assert.equal(rest.length, 0);
  });

  it('adds up files, bytes, speed and reasons per type', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', fileId: simulator.catalogue.known.vae.fileId, status: 410 });
    await bench.get([refOf(simulator, 'repairable'), refOf(simulator, 'workflow'), refOf(simulator, 'vae')]);
    const { stdout } = await kura(bench, 'models', 'downloads', 'stats', '--json');
    const { total, byType, reasons } = JSON.parse(stdout);
    assert.deepEqual([total.files, total.placed, total.failed], [3, 2, 1]);
    assert.ok(total.networkBytes >= total.bytes && total.medianBytesPerSecond > 0);
    assert.ok(byType.some(({ type, placed }: { type: string; placed: number }) => type === 'LORA' && placed === 1));
    assert.deepEqual(reasons, [{ code: 'civitai.archived', count: 1 }]);
  });
});
