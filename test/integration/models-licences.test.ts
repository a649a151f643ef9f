/** What the creators of the library's models ask for, from what was seen of them. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator();
  folder = await mkdtemp(join(tmpdir(), 'kura-licences-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

forEachDatabase((databases) => {
  it('lists duties by model and names everybody who did not waive it', async () => {
    await using bench = await openOver(databases, simulator, {
      altered: (source) => ({
        ...source,
        model: async (...asked) => {
          const model = await source.model(...asked);
          const isStrict = model.modelId === simulator.catalogue.known.vae.modelId;
          return isStrict
            ? {
                ...model,
                name: 'Two\nlines',
                licence: { ...model.licence, allowNoCredit: false, allowDerivatives: false, allowCommercialUse: [] },
              }
            : { ...model, licence: { ...model.licence, allowNoCredit: true } };
        },
      }),
    });
    const { lora, vae } = simulator.catalogue.known;
    await bench.get([`@${lora.versionId}`, `@${vae.versionId}`]);
    for (const { modelId } of [lora, vae]) await bench.models.readModel(modelId, new AbortController().signal);
    const path = join(folder, 'credits.txt');
    const { stdout, code } = await runCommand(modelsCommands, ['models', 'licences', '--attribution', path, '--json'], {
      open: async () => bench.models,
      handlers: modelsRoutes(bench.models, translators),
    });
    assert.equal(code, 0);
    const { items } = JSON.parse(stdout) as {
      readonly items: ReadonlyArray<{ readonly modelId: number; readonly duties: readonly string[] }>;
    };
    const strict = items.find(({ modelId }) => modelId === vae.modelId);
    assert.deepEqual(strict?.duties.slice(0, 3), ['name-creator', 'no-derivatives', 'no-commercial-use']);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').slice(2);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', new RegExp(`^“Two lines” by .+/models/${vae.modelId}$`));
  });
});
