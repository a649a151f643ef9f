/** `kura models show` over answers that are kept: how old they are can be seen, and avoided. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, it } from 'node:test';

import { readModel } from '#engines/civitai';
import { instant } from '#kernel/brands';
import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { modelsCommands, modelsRoutes } from '#models';
import type { ModelSource } from '#models/ports';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { readModelDetail } from '../../src/domains/models/testing/catalogue-parts.ts';
import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function show(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, ['models', 'show', ...argv], { open: async () => bench.models, handlers });
}

forEachDatabase((databases) => {
  it('says when the site gave the answer that is shown, and asks anew with --refresh', async () => {
    const asked: (boolean | undefined)[] = [];
    function keeping(source: ModelSource): ModelSource {
      return {
        ...source,
        model: async (id, signal, { refresh, onSeen } = {}) => {
          asked.push(refresh);
          // What the site said at first stays what is told of unless somebody asks anew.
          const model = await source.model(id, signal, { onSeen: (seen) => refresh === true && onSeen?.(seen) });
          if (refresh !== true) onSeen?.({ at: earlier, stored: true });
          return model;
        },
      };
    }
    const earlier = instant(new Date('2026-01-02T03:04:05Z'));
    await using bench = await openOver(databases, simulator, { altered: keeping });
    const id = String(simulator.catalogue.known.lora.modelId);
    const kept = JSON.parse((await show(bench, id, '--json')).stdout);
    assert.deepEqual([kept.source, kept.seenAt], ['site', earlier]);
    const anew = JSON.parse((await show(bench, id, '--refresh', '--json')).stdout);
    assert.ok(Date.parse(anew.seenAt) > Date.now() - 60_000);
    assert.deepEqual(asked, [false, true]);
    assert.match((await show(bench, id)).stdout, /2026/);
  });

  it('shows what the catalogue has when the site does not answer at once, and is patient when told to', async () => {
    const asked: (number | undefined)[] = [];
    let isAway = false;
    function leaving(source: ModelSource): ModelSource {
      return {
        ...source,
        model: async (id, signal, options) => {
          asked.push(options?.tries);
          if (isAway) throw new KuraError('unavailable', 'civitai.unreachable', { params: { path: '', reason: '' } });
          return source.model(id, signal, options);
        },
      };
    }
    await using bench = await openOver(databases, simulator, { altered: leaving });
    const id = String(simulator.catalogue.known.lora.modelId);
    await show(bench, id);
    isAway = true;
    const seen = JSON.parse((await show(bench, id, '--json')).stdout);
    assert.deepEqual([seen.source, typeof seen.seenAt], ['catalogue', 'string']);
    await show(bench, id, '--refresh');
    assert.deepEqual(asked, [undefined, 1, undefined]);
  });

  it('does not wait long for a silent site when the catalogue has an answer', async () => {
    await using bench = await openOver(databases, simulator);
    const { modelId: id } = simulator.catalogue.known.lora;
    await show(bench, String(id));
    const silent: Pick<ModelSource, 'siteUrl' | 'model'> = {
      siteUrl: simulator.url,
      model: async (_id, signal) => {
        if (!signal.aborted) await once(signal, 'abort');
        throw new KuraError('interrupted', 'kernel.interrupted');
      },
    };
    const deps = { source: silent, database: bench.database, clock: systemClock, patienceMs: 5 };
    const asked = { ...deps, remember: async () => undefined, markRemoved: async () => undefined };
    assert.equal((await readModelDetail(asked, id, new AbortController().signal)).source, 'catalogue');
    await assert.rejects(readModelDetail(asked, id, AbortSignal.timeout(1), { refresh: true }));
  });

  it('compares the versions of a model, those that the site does not list any more included', async () => {
    function fileOf(id: number, facts: object) {
      return { id, name: `f${id}.safetensors`, type: 'Model', ...facts };
    }
    const files = [
      fileOf(61, { sizeKB: 2048, metadata: { format: 'SafeTensor', fp: 'fp32', size: 'full' } }),
      fileOf(62, { sizeKB: 1024, primary: true, metadata: { format: 'SafeTensor', fp: 'fp16', size: 'pruned' } }),
    ];
    const [newest, gated, old] = [
      { id: 51, name: 'v3', baseModel: 'Pony', files, stats: { downloadCount: 12 }, trainedWords: ['moss'] },
      { id: 52, name: 'v2', baseModel: 'SDXL 1.0', availability: 'EarlyAccess', files: [] },
      { id: 53, name: 'v1', baseModel: 'SD 1.5', files: [fileOf(63, {})], stats: { downloadCount: 4000 } },
    ];
    let listed = [newest, gated, old];
    function scripted(source: ModelSource): ModelSource {
      return {
        ...source,
        model: async () => {
          const reading = readModel({ id: 7, name: 'Washi', type: 'LORA', modelVersions: listed });
          assert.ok('item' in reading);
          return reading.item;
        },
      };
    }
    await using bench = await openOver(databases, simulator, { altered: scripted });
    const handlers = modelsRoutes(bench.models, translators);
    async function versions(...argv: readonly string[]) {
      return runCommand(modelsCommands, ['models', 'versions', '7', ...argv], {
        open: async () => bench.models,
        handlers,
      });
    }
    async function idsOf(...argv: readonly string[]) {
      const answer = JSON.parse((await versions(...argv, '--json')).stdout);
      assert.deepEqual([answer.modelId, answer.name], [7, 'Washi']);
      return answer.versions.map(({ versionId }: { versionId: number }) => versionId);
    }
    assert.deepEqual(await idsOf(), [51, 52, 53]);
    assert.deepEqual(await idsOf('--base', 'family:sdxl'), [51, 52]);
    assert.deepEqual(await idsOf('--base', 'sd1.5'), [53]);
    assert.deepEqual(await idsOf('--min-downloads', '12'), [51, 53]);
    assert.deepEqual(await idsOf('--open'), [51, 53]);
    assert.match((await versions('--open')).stdout, /7@51 +v3 +Pony +1 MiB +fp16 pruned +12 .*moss/);

    listed = [newest, gated];
    const [, , vanished] = JSON.parse((await versions('--json')).stdout).versions;
    assert.deepEqual([vanished.versionId, vanished.removed, vanished.file.fileId], [53, true, 63]);
    assert.deepEqual(await idsOf('--open'), [51]);
    assert.equal((await runCommand(modelsCommands, ['models', 'versions', 'no such thing'], { handlers })).code, 2);
  });
});
