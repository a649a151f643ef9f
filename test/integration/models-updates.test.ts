/** What the site has that is newer than the library, and what it has no longer. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
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

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('names versions that came after the newest one installed, with what tells them apart', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, embedding, embeddingPickle } = simulator.catalogue.known;
    await bench.get([`@${lora.versionId}`]);
    await bench.get([`@${embeddingPickle.versionId}`], { file: String(embeddingPickle.fileId), acceptRisk: true });
    const { items, nextCursor } = await bench.models.findUpdates({ limit: 100 }, never);
    assert.equal(nextCursor, undefined);
    const [newest, older] = items;
    assert.equal(newest?.modelId, lora.modelId);
    assert.equal(newest.state, 'current');
    assert.deepEqual(newest.newer, []);
    assert.equal(older?.modelId, embedding.modelId);
    assert.equal(older.state, 'newer');
    assert.deepEqual(
      older.newer.map(({ versionId, baseModel, sameBase, gated }) => ({ versionId, baseModel, sameBase, gated })),
      [{ versionId: embedding.versionId, baseModel: 'SDXL 1.0', sameBase: false, gated: false }],
    );
  });

  it('asks page by page and tells what it could not ask from what is gone', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, vae } = simulator.catalogue.known;
    await bench.get([`@${lora.versionId}`, `@${vae.versionId}`]);
    const first = await bench.models.findUpdates({ limit: 1 }, never);
    assert.deepEqual(
      first.items.map(({ modelId }) => modelId),
      [lora.modelId],
    );
    assert.equal(first.nextCursor, lora.modelId);

    await forgetUpstream(bench, vae.modelId, 1_999_999);
    const rest = await bench.models.findUpdates({ limit: 10, cursor: first.nextCursor }, never);
    assert.deepEqual(
      rest.items.map(({ modelId, state }) => [modelId, state]),
      [[1_999_999, 'removed']],
    );

    simulator.faults.set({ route: 'models', status: 404 });
    const unasked = await bench.models.findUpdates({ limit: 1 }, never);
    assert.deepEqual(
      unasked.items.map(({ state, error }) => [state, error?.code]),
      [['unknown', 'civitai.not-found']],
    );
  });

  it('gets with --apply what fits the installed base model, and anything newer only when told so', async () => {
    await using bench = await openOver(databases, simulator);
    const { legacyCheckpoint, torchCheckpoint, embedding, embeddingPickle } = simulator.catalogue.known;
    await bench.get([`@${legacyCheckpoint.versionId}`], { acceptRisk: true });
    await bench.get([`@${embeddingPickle.versionId}`], { file: String(embeddingPickle.fileId), acceptRisk: true });
    const told = await updates(bench, '--any-base');
    assert.equal(told.code, 0);
    assert.deepEqual(told.events.at(-1)?.['refs'], [
      `${torchCheckpoint.modelId}@${torchCheckpoint.versionId}`,
      `${embedding.modelId}@${embedding.versionId}`,
    ]);

    const applied = await updates(bench, '--apply', '--accept-risk');
    assert.equal(applied.code, 0, applied.stderr);
    const done = applied.events.at(-1) as { readonly items: ReadonlyArray<Readonly<Record<string, unknown>>> };
    assert.deepEqual(
      done.items.map(({ ref, status }) => [ref, status]),
      [[`${torchCheckpoint.modelId}@${torchCheckpoint.versionId}`, 'placed']],
    );
    const after = await updates(bench);
    assert.deepEqual(after.events.at(-1)?.['refs'], []);
  });
});

async function updates({ models }: ModelBench, ...words: readonly string[]) {
  const handlers = modelsRoutes(models, translators);
  return runCommand(modelsCommands, ['models', 'updates', ...words, '--json'], { open: async () => models, handlers });
}

/** As if the model had been taken from the site after it was fetched. */
async function forgetUpstream({ database }: ModelBench, modelId: number, unknownId: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx
      .tables<{ library_files: { model_id: number } }>()
      .updateTable('library_files')
      .set({ model_id: unknownId })
      .where('model_id', '=', modelId)
      .execute();
  });
}
