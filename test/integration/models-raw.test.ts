/** `kura models raw`: the site's own words outlive the fields Kura has for them. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { readModel } from '#engines/civitai';
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

async function run(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, ['models', ...argv], { open: async () => bench.models, handlers });
}

const sent = {
  id: 7,
  name: 'Washi',
  type: 'LORA',
  mystery: { deep: [1, 'two'] },
  modelVersions: [{ id: 71, name: 'v1' }],
};

function answering(changes: object) {
  return (source: ModelSource): ModelSource => ({
    ...source,
    model: async () => {
      const reading = readModel({ ...sent, ...changes });
      assert.ok('item' in reading);
      return reading.item;
    },
  });
}

forEachDatabase((databases) => {
  it('prints what was sent to the letter, with its day and where it came from', async () => {
    await using bench = await openOver(databases, simulator, { altered: answering({}) });
    const before = Date.now();
    assert.equal((await run(bench, 'raw', '7')).code, 1, 'not seen yet');
    await run(bench, 'show', '7');
    for (const what of ['7', '7@71', '@71']) {
      const { answers } = JSON.parse((await run(bench, 'raw', what, '--json')).stdout);
      assert.equal(answers.length, 1);
      assert.deepEqual(answers[0].body, sent);
      assert.deepEqual([answers[0].subject, answers[0].id, answers[0].origin], ['model', 7, 'list']);
      assert.ok(Date.parse(answers[0].fetchedAt) >= before - 1000);
    }
    assert.match((await run(bench, 'raw', '7')).stdout, /^# model 7 .*\n\{\n {2}"id": 7,/);
    assert.equal((await run(bench, 'raw', `sha256:${'ab'.repeat(32)}`)).code, 2);
  });

  it('does not print what must not be shown in any mode', async () => {
    const excluded = { minor: true, nsfw: true, nsfwLevel: 31 };
    await using bench = await openOver(databases, simulator, { altered: answering(excluded) });
    await run(bench, 'show', '7');
    for (const what of ['7', '@71']) {
      const { code, stdout } = await run(bench, 'raw', what, '--json');
      assert.ok(code !== 0 && !stdout.includes('mystery'), what);
    }
  });
});
