/** `kura models show` over answers that are kept: how old they are can be seen, and avoided. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { instant } from '#kernel/brands';
import { modelsCommands, modelsRoutes } from '#models';
import type { ModelSource } from '#models/ports';
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
});
