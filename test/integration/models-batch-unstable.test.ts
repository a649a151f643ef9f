/**
 * A long list over a line that breaks for one connection in twenty: everything ends right, and the report says what it
 * took. `KURA_BATCH_FILES=1000` is the long form, `KURA_KILL_SEED` repeats a run.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { catalogues } from '#app/catalogues';
import { createTranslators } from '#platform/i18n';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';
import { asTester } from '../../src/domains/models/testing/model-bench.ts';
import { seededRandom } from '../system/harness/seeded-random.ts';
import { asked, itemsOf, observer, ordinary, reportText } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

const FILES = Number(process.env['KURA_BATCH_FILES'] ?? '100');
let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: FILES });
});
after(async () => simulator[Symbol.asyncDispose]());

forEachDatabase((databases) => {
  it('gets every file of a long list right, and says how many requests were made again', async () => {
    const dice = seededRandom('unstable line');
    const files = ordinary(simulator, FILES);
    const breaking = files.filter(() => dice.fraction() < 0.05);
    simulator.faults.set(
      ...breaking.map(({ versionId }) => ({
        route: 'storage' as const,
        versionId,
        cutAfterBytes: Math.floor(dice.fraction() * 400),
        times: 1 + Math.floor(dice.fraction() * 2),
      })),
    );
    await using bench = await openOver(databases, simulator);
    const batch = await bench.models.startBatch(asked({ refs: files.map(({ ref }) => ref) }, { parallel: 8 }), {
      ...asTester,
      byServer: false,
    });
    const { status, tally } = await bench.models.runBatchHere(batch.id, observer(), asTester);
    assert.deepEqual([status, tally.done, tally.failed], ['completed', FILES, 0]);
    const items = await itemsOf(bench, batch.id);
    assert.ok(items.every(({ sha256 }) => sha256 !== null));
    assert.ok(tally.retries >= breaking.length, `${tally.retries} retries for ${breaking.length} broken files`);
    const { en } = createTranslators(catalogues, 'Asia/Tokyo');
    const report = JSON.parse(await reportText(bench, batch.id, 'json', en));
    assert.equal(report.batch.tally.retries, tally.retries);
    console.log(`${FILES} files, ${breaking.length} with broken connections: ${tally.retries} requests made again`);
  });
});
