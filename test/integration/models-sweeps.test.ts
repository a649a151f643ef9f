/** Sweeps: every cell once, stopped and gone on with, and a report that adds up. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { sweepPlanSchema } from '#models/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

type SweepFindings = Awaited<ReturnType<ModelBench['models']['sweeps']['report']>>;

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 250 });
});
after(async () => simulator[Symbol.asyncDispose]());

const matrix = { name: 'matrix', nsfw: 'all', types: ['LORA', 'Checkpoint'], tags: ['style', 'anime'] } as const;

async function plan(bench: ModelBench, given: object = matrix): Promise<void> {
  await bench.models.sweeps.plan(sweepPlanSchema.parse(given), testActor);
}

async function run(bench: ModelBench, signal: AbortSignal = never, onProgress: () => void = () => undefined) {
  return bench.models.sweeps.run('matrix', { actor: testActor, signal, onProgress });
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('reads one cell per combination, and says what is new in each and what they share', async () => {
    await using bench = await openOver(databases, simulator);
    await plan(bench);
    assert.equal((await run(bench)).status, 'completed');
    const { cells, overlaps, models, versions } = await bench.models.sweeps.report('matrix');
    assert.deepEqual(
      cells.map(({ label, status }) => [label, status]),
      [
        ['LORA · style', 'completed'],
        ['LORA · anime', 'completed'],
        ['Checkpoint · style', 'completed'],
        ['Checkpoint · anime', 'completed'],
      ],
    );
    assert.ok((cells[0]?.versions ?? 0) > 0 && (cells[3]?.versions ?? 0) > 0);
    assert.ok(cells.every((cell) => cell.fetched >= cell.models));
    assert.equal(cells[0]?.duplicates, 0);
    assert.equal(
      cells.reduce((sum, { firstSeen }) => sum + firstSeen, 0),
      versions,
    );
    assert.ok(models <= versions);
    // A model has one type, so only the last two cells can share any.
    assert.deepEqual(overlaps, [{ a: 2, b: 3, versions: cells[3]?.duplicates }]);
    assert.ok((cells[3]?.duplicates ?? 0) > 0);
  });

  it('goes on within the cell it was aborted in and asks for no finished cell again', async () => {
    await using calm = await openOver(databases, simulator);
    await plan(calm);
    await run(calm);
    const whole = await calm.models.sweeps.report('matrix');
    simulator.clearRequests();
    await using shaken = await openOver(databases, simulator);
    await plan(shaken);
    let goes = 0;
    for (let status = ''; status !== 'completed' && goes < 30; goes += 1) {
      const abort = new AbortController();
      ({ status } = await run(shaken, abort.signal, () => abort.abort()));
    }
    assert.ok(goes > 2, `${goes}`);
    const again = await shaken.models.sweeps.report('matrix');
    assert.equal(again.sweep.status, 'completed');
    assert.deepEqual(again.cells.map(factsOf), whole.cells.map(factsOf));
  });

  it('leaves a cell that failed with its reason, finishes the others, and reads only that one next time', async () => {
    await using bench = await openOver(databases, simulator);
    await plan(bench);
    simulator.faults.set({ route: 'models', status: 404, times: 1 });
    assert.equal((await run(bench)).status, 'partial');
    const { cells } = await bench.models.sweeps.report('matrix');
    assert.deepEqual(
      cells.map(({ status }) => status),
      ['failed', 'completed', 'completed', 'completed'],
    );
    assert.match(cells[0]?.reason?.code ?? '', /^civitai\./);
    simulator.clearRequests();
    assert.equal((await run(bench)).status, 'completed');
    assert.ok(simulator.requests.length <= 3, `${simulator.requests.length} requests`);
  });

  it('stops when somebody stops it', async () => {
    await using bench = await openOver(databases, simulator);
    await plan(bench);
    const stopping: Promise<unknown>[] = [];
    const ended = await run(bench, never, () => {
      if (stopping.length === 0) stopping.push(bench.models.sweeps.stop('matrix', testActor));
    });
    await Promise.all(stopping);
    assert.equal(ended.status, 'paused');
    assert.notEqual((await bench.models.sweeps.report('matrix')).cells.at(-1)?.status, 'completed');
  });

  it('refuses a second plan of a name and a matrix that would never end', async () => {
    await using bench = await openOver(databases, simulator);
    await plan(bench);
    await assert.rejects(plan(bench), { code: 'models.sweep-exists' });
    const many = Array.from({ length: 80 }, (_, index) => `tag ${index}`);
    await assert.rejects(plan(bench, { name: 'large', tags: many, bases: many }), { code: 'models.sweep-too-large' });
    await assert.rejects(bench.models.sweeps.report('large'), { code: 'models.sweep-not-found' });
  });

  it('begins anew when asked to, and forgets everything when removed', async () => {
    await using bench = await openOver(databases, simulator);
    await plan(bench);
    await run(bench);
    await bench.models.sweeps.restart('matrix', testActor);
    assert.ok((await bench.models.sweeps.report('matrix')).cells.every(({ status }) => status === 'waiting'));
    await run(bench);
    await bench.models.sweeps.remove('matrix', testActor);
    assert.deepEqual(await bench.models.sweeps.list(), []);
    const rows = bench.database.tables<{ collection_rows: { version_id: number } }>().selectFrom('collection_rows');
    assert.deepEqual(await rows.select('version_id').execute(), []);
  });
});

function factsOf({ label, models, versions, firstSeen, pages }: SweepFindings['cells'][number]) {
  return [label, models, versions, firstSeen, pages];
}
