/** How connections are used: asked for once, kept with the download, obeyed when it goes on, and told with why. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { observer, ordinary, refOf, startHere } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 6 });
});
after(async () => simulator[Symbol.asyncDispose]());

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('goes on in the mode a download was begun in, and in another when that is asked for', async () => {
    await using bench = await openOver(databases, simulator);
    const ref = refOf(simulator, 'checkpoint');
    const get = ['models', 'get', ref, '--json'];
    simulator.faults.set({ route: 'download', status: 404 });
    assert.equal((await kura(bench, ...get, '--mode', 'minimal')).code, 1);
    const { items } = await bench.models.listDownloads({ limit: 1 });
    assert.equal(items[0]?.mode, 'minimal');
    assert.equal((await kura(bench, ...get)).code, 1);
    assert.equal((await bench.models.readDownload(items[0]?.id ?? '')).mode, 'minimal', 'as it was begun');
    assert.equal((await kura(bench, ...get, '--mode', 'speed')).code, 1);
    assert.equal((await bench.models.readDownload(items[0]?.id ?? '')).mode, 'speed');
  });

  it('keeps what was decided about a download that takes its time, with why', async () => {
    await using bench = await openOver(databases, simulator);
    const ref = refOf(simulator, 'checkpoint');
    const { sizeBytes } = simulator.catalogue.known.checkpoint;
    const asked = { refs: [ref], acceptRisk: false, mode: 'speed' } as const;
    const { items } = await bench.models.startDownloads(asked, asTester);
    const id = items[0]?.id ?? '';
    assert.equal(items[0]?.mode, 'speed');
    const limited = { refs: [ref], acceptRisk: false, bytesPerSecond: Math.ceil(sizeBytes / 2) };
    const got = await bench.models.get(
      limited,
      { ...observer(), onPlanned: () => undefined, onEnded: () => undefined },
      asTester,
    );
    assert.equal(got[0]?.status, 'placed');
    const decisions = await bench.models.downloadHistory.decisions(id);
    const first = decisions.at(-1);
    assert.deepEqual([first?.what, first?.from, first?.reason], ['connections', 0, 'start']);
    assert.equal((await bench.models.readDownload(id)).mode, 'speed');
  });

  it('shows the decisions and the mode of a download job in both languages', async () => {
    await using bench = await openOver(databases, simulator);
    const refs = ordinary(simulator, 4).map(({ ref }) => ref);
    simulator.faults.set({ latencyMs: 300 });
    const batch = await startHere(bench, { refs }, { mode: 'efficiency', strategy: 'sequential', batchSize: 2 });
    await bench.models.runBatchHere(batch.id, observer(), asTester);
    const { items } = await bench.models.listDownloads({ limit: 10 });
    assert.deepEqual([...new Set(items.map(({ mode }) => mode))], ['efficiency']);
    const shown = await kura(bench, 'models', 'batches', 'show', batch.id, '--json');
    const { decisions, options } = JSON.parse(shown.stdout);
    assert.equal(options.mode, 'efficiency');
    assert.deepEqual(
      decisions.map(({ what, from, to, reason, message }: Record<string, unknown>) => [
        what,
        from,
        to,
        reason,
        message,
      ]),
      [['files', 0, 1, 'start', 'The job begins with so many files at once.']],
    );
    const people = await kura(bench, 'models', 'batches', 'show', batch.id, '--lang', 'ja');
    assert.match(people.stdout, /この件数から同時に取得を始めました。/);
    assert.match(people.stdout, /負荷控えめ/);
    assert.match(people.stdout, /2 件ずつ/);
  });
});
