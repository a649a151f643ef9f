/** Files that people have already, and where they belong: known by their bytes, moved whole, taken back. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, beforeEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';

import { systemClock } from '#kernel/clock';

import { modelsMessages } from '#models';
import { libraryExportFormats } from '#models/contract';
import { createTranslators } from '#platform/i18n';
import { startJobWorkers } from '#platform/jobs';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase, type TestDatabases } from '#stand-ins/databases';
import { asTester, type LibraryFile, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { goodSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

const { en: translator } = createTranslators([modelsMessages]);

async function place(bench: ModelBench, role: KnownRole): Promise<LibraryFile> {
  const { versionId, fileId } = simulator.catalogue.known[role];
  const [item] = await bench.get([`@${versionId}`], { file: String(fileId), acceptRisk: true, riskReason: 'test' });
  assert.equal(item?.status, 'placed');
  return bench.models.readLibraryFile(item.path ?? '');
}

/** A folder of somebody's own: a published file under another name, one of their own, and one that runs code. */
async function someonesFolder(bench: ModelBench, databases: TestDatabases): Promise<string> {
  await using site = await openOver(databases, simulator);
  const folder = join(bench.library, '..', 'mine');
  await mkdir(join(folder, 'deep'), { recursive: true });
  await copyFile((await place(site, 'lora')).path, join(folder, 'deep', 'renamed.safetensors'));
  await copyFile((await place(site, 'maliciousPickleUnflagged')).path, join(folder, 'bad.ckpt'));
  await writeFile(join(folder, 'own.safetensors'), goodSafetensors());
  await writeFile(join(folder, 'notes.txt'), 'not a model');
  return folder;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const request = { offline: false, acceptRisk: false, dryRun: false };

async function adopt(bench: ModelBench, paths: readonly string[], changes: Partial<typeof request> = {}) {
  const options = { ...asTester, onHashed: () => undefined };
  const found = await all(bench.models.adopt({ ...request, ...changes, paths }, options));
  return found.map((one) => ({
    outcome: one.outcome,
    name: ('file' in one ? one.file.path : one.path).split('/').at(-1),
    isPublished: one.outcome === 'adopted' && one.isPublished,
  }));
}

/** Has the job done and gives its figures. */
async function workOf(bench: ModelBench, { jobId }: { readonly jobId: string }) {
  await using _workers = startJobWorkers({
    queue: bench.jobs,
    handled: bench.models.jobHandlers,
    clock: systemClock,
    worker: 'test',
    reportError: (error) => assert.fail(String(error)),
    pollMs: 20,
  });
  const end = Date.now() + 60_000;
  for (;;) {
    const { job, progress } = await bench.models.readWork(jobId);
    if (job.status === 'done') return progress.figures;
    assert.ok(['queued', 'running'].includes(job.status) && Date.now() < end, `${job.status} ${job.error?.code}`);
    await sleep(20);
  }
}

async function listed(bench: ModelBench): Promise<readonly LibraryFile[]> {
  return (await bench.models.listLibrary({ limit: 100 })).items;
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.clearRequests());

  it('takes files in where they stand: known by their bytes, by their content, or kept out', async () => {
    await using bench = await openOver(databases, simulator);
    const folder = await someonesFolder(bench, databases);
    const expected = [
      { outcome: 'refused', name: 'bad.ckpt', isPublished: false },
      { outcome: 'adopted', name: 'renamed.safetensors', isPublished: true },
      { outcome: 'adopted', name: 'own.safetensors', isPublished: false },
    ];
    assert.deepEqual(await adopt(bench, [folder], { dryRun: true }), expected);
    assert.deepEqual(await listed(bench), []);
    assert.deepEqual(await adopt(bench, [folder]), expected);
    const [own, published] = await listed(bench);
    const { modelId, versionId } = simulator.catalogue.known.lora;
    assert.deepEqual([published?.modelId, published?.versionId], [modelId, versionId]);
    assert.equal(published?.path, join(folder, 'deep', 'renamed.safetensors'));
    assert.notEqual(published.verifiedAt, null);
    assert.deepEqual([own?.modelName, own?.versionId, own?.verifiedAt], ['own', null, null]);
    assert.deepEqual(
      (await adopt(bench, [folder])).map(({ outcome }) => outcome),
      ['refused', 'already', 'already'],
    );
    for await (const found of bench.models.verify(undefined, asTester)) {
      assert.ok(!('error' in found) && found.state === 'present');
    }
  });

  it('asks nobody when told so, and nobody twice who does not answer', async () => {
    await using bench = await openOver(databases, simulator);
    const folder = await someonesFolder(bench, databases);
    simulator.clearRequests();
    assert.ok((await adopt(bench, [folder], { offline: true, dryRun: true })).every(({ isPublished }) => !isPublished));
    assert.equal(simulator.requests.length, 0);
  });

  it('moves files with what stands beside them to where the layout wants them, and back', async () => {
    await using bench = await openOver(databases, simulator);
    const lora = await place(bench, 'lora');
    const untouched = await place(bench, 'vae');
    const wrong = join(bench.library, 'unsorted');
    await mkdir(wrong);
    const stem = join(wrong, 'renamed');
    await copyFile(lora.path, `${stem}.safetensors`);
    await writeFile(`${stem}.preview.png`, 'a picture');
    await writeFile(`${stem}.other.safetensors`, goodSafetensors());
    await writeFile(`${stem}.other.json`, 'of the other model');
    await adopt(bench, [`${stem}.safetensors`]);

    const plan = await bench.models.planMoves('comfyui', asTester.signal);
    assert.deepEqual([plan.moves.length, plan.settled, plan.outside, plan.broken], [1, 2, 0, 0]);
    const moved = await all(bench.models.organize(plan, asTester));
    const to = join(bench.library, 'loras/renamed.safetensors');
    assert.deepEqual(moved, [{ from: `${stem}.safetensors`, to }]);
    const file = await bench.models.readLibraryFile(to);
    assert.equal(await readFile(join(bench.library, 'loras/renamed.preview.png'), 'utf8'), 'a picture');
    assert.equal(await readFile(`${stem}.other.json`, 'utf8'), 'of the other model');
    assert.deepEqual(file.sidecars, [join(bench.library, 'loras/renamed.preview.png')]);
    assert.equal((await bench.models.readLibraryFile(untouched.id)).path, untouched.path);

    const back = await all(bench.models.undoOrganizing(asTester));
    assert.deepEqual(back, [{ from: to, to: `${stem}.safetensors` }]);
    assert.equal((await bench.models.readLibraryFile(file.id)).path, `${stem}.safetensors`);
    assert.equal(await readFile(`${stem}.preview.png`, 'utf8'), 'a picture');
    assert.deepEqual(await all(bench.models.undoOrganizing(asTester)), []);
  });

  it('finishes what a process left between two places', async () => {
    let writesLeft = Number.POSITIVE_INFINITY;
    await using bench = await openOver(databases, simulator, {
      beforeWrite: () => {
        writesLeft -= 1;
        if (writesLeft < 0) throw new Error('killed');
      },
    });
    const lora = await place(bench, 'lora');
    const from = join(bench.library, 'unsorted.safetensors');
    await copyFile(lora.path, from);
    await adopt(bench, [from]);
    const plan = await bench.models.planMoves('comfyui', asTester.signal);
    const to = plan.moves[0]?.to ?? '';
    // The log says that it has begun, the disk has moved on, and no record was written.
    writesLeft = 1;
    const [cut] = await all(bench.models.organize(plan, asTester));
    assert.notEqual(cut?.error, undefined);
    writesLeft = Number.POSITIVE_INFINITY;
    const file = await bench.models.readLibraryFile(from);
    await assert.rejects(readFile(from), { code: 'ENOENT' });

    assert.deepEqual(await all(bench.models.organize({ ...plan, moves: [] }, asTester)), []);
    assert.equal((await bench.models.readLibraryFile(file.id)).path, to);
    assert.deepEqual(await all(bench.models.undoOrganizing(asTester)), [{ from: to, to: from }]);
  });

  it('leaves a file where it is when another has its place, and says so', async () => {
    await using bench = await openOver(databases, simulator);
    const lora = await place(bench, 'lora');
    const from = join(bench.library, 'unsorted.safetensors');
    await copyFile(lora.path, from);
    await adopt(bench, [from]);
    const plan = await bench.models.planMoves('comfyui', asTester.signal);
    await writeFile(plan.moves[0]?.to ?? '', 'somebody was quicker');
    const [moved] = await all(bench.models.organize(plan, asTester));
    assert.equal(moved?.error?.code, 'models.target-exists');
    assert.equal((await bench.models.readLibraryFile(from)).state, 'present');
  });

  it('never takes what somebody put there meanwhile for a copy of its own', async () => {
    let appears: string | undefined;
    await using bench = await openOver(databases, simulator, {
      // The way was free when it was looked at; the first thing written is that the move begins.
      beforeWrite: () => {
        if (appears !== undefined) writeFileSync(appears, 'of somebody else');
        appears = undefined;
      },
    });
    const lora = await place(bench, 'lora');
    const from = join(bench.library, 'unsorted.safetensors');
    await copyFile(lora.path, from);
    await adopt(bench, [from]);
    const plan = await bench.models.planMoves('comfyui', asTester.signal);
    const to = plan.moves[0]?.to ?? '';
    appears = to;
    const [moved] = await all(bench.models.organize(plan, asTester));
    assert.equal(moved?.error?.code, 'models.target-exists');
    await all(bench.models.organize({ ...plan, moves: [] }, asTester));
    assert.equal(await readFile(to, 'utf8'), 'of somebody else');
    assert.deepEqual(await readFile(from), await readFile(lora.path));
  });

  it('takes in, moves and moves back by jobs that say what became of each file', async () => {
    await using bench = await openOver(databases, simulator);
    const lora = await place(bench, 'lora');
    const from = join(bench.library, 'unsorted.safetensors');
    await copyFile(lora.path, from);
    const work = { path: bench.library, offline: false, acceptRisk: false, dryRun: true };
    const tried = await workOf(bench, await bench.models.startAdopting(work, testActor));
    assert.deepEqual(tried, { already: 1, adopted: 1 });
    assert.equal((await listed(bench)).length, 1);
    await workOf(bench, await bench.models.startAdopting({ ...work, dryRun: false }, testActor));
    assert.equal((await listed(bench)).length, 2);

    assert.deepEqual(await workOf(bench, await bench.models.startOrganizing('comfyui', testActor)), { moved: 1 });
    const { items, undoable } = await bench.models.listMoves(10);
    assert.deepEqual([items.map((move) => [move.from, move.status]), undoable], [[[from, 'done']], 1]);
    const undo = await bench.models.startUndoing(testActor);
    assert.deepEqual(await workOf(bench, undo), { moved: 1 });
    assert.equal((await bench.models.readLibraryFile(from)).state, 'present');
    await assert.rejects(bench.models.startUndoing(testActor), { code: 'models.nothing-to-move-back' });
    await assert.rejects(bench.models.readWork('no-such-job'), { code: 'models.work-not-found' });
  });

  it('lets pages take files from the folders named for it only, whatever links say', async () => {
    let folders: readonly string[] = [];
    await using bench = await openOver(databases, simulator, { overrides: { adoptFolders: () => folders } });
    const outside = join(bench.library, '..', 'elsewhere');
    await mkdir(outside);
    await mkdir(bench.library, { recursive: true });
    await symlink(outside, join(bench.library, 'link'));
    async function start(path: string): Promise<{ readonly jobId: string }> {
      return await bench.models.startAdopting({ path, offline: true, acceptRisk: false, dryRun: true }, testActor);
    }
    for (const path of [outside, join(bench.library, 'link'), `${bench.library}/../elsewhere`, '/', 'library']) {
      await assert.rejects(start(path), { code: 'models.adopt-elsewhere' }, path);
    }
    await assert.rejects(start(join(bench.library, 'nothing')), { code: 'models.adopt-not-found' });
    folders = [outside];
    await start(outside);

    // A folder that is named by a link, and one that was swapped for a link while the job waited.
    folders = [join(bench.library, 'link')];
    const inner = join(outside, 'inner');
    await mkdir(inner);
    const begun = await start(join(bench.library, 'link', 'inner'));
    assert.deepEqual(await workOf(bench, begun), {});
    const waiting = await start(join(bench.library, 'link', 'inner'));
    await rmdir(inner);
    await symlink(bench.library.replace(/[^/]+$/, ''), inner);
    await assert.rejects(workOf(bench, waiting), /models\.adopt-elsewhere/);
  });

  it('writes lists that say what creators permit, with nothing in them that a program would run', async () => {
    await using bench = await openOver(databases, simulator);
    await place(bench, 'lora');
    await bench.models.readModel(simulator.catalogue.known.lora.modelId, asTester.signal);
    await mkdir(join(bench.library, 'own'));
    const own = join(bench.library, 'own', '=cmd|x<b>.safetensors');
    await writeFile(own, goodSafetensors());
    await adopt(bench, [own]);
    const texts = new Map<string, string>();
    for (const format of libraryExportFormats) {
      const pieces = await all(bench.models.exportLibrary({ format, translator, ...asTester }));
      if (format !== 'sqlite') texts.set(format, pieces.join(''));
      else
        await writeFile(join(bench.library, 'list.sqlite'), Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
    }
    const noted = await bench.database
      .tables<{ audit_log: { action: string; result: string; after: string } }>()
      .selectFrom('audit_log')
      .where('action', '=', 'models.export-library')
      .select(['result', 'after'])
      .execute();
    assert.deepEqual(
      noted.map(({ result, after }) => [result, JSON.parse(after)]),
      libraryExportFormats.map((format) => ['done', { format, files: 2 }]),
    );
    const { items } = JSON.parse(texts.get('json') ?? '');
    const lines = (texts.get('jsonl') ?? '').trim().split('\n');
    assert.deepEqual(
      items,
      lines.map((line) => JSON.parse(line)),
    );
    assert.deepEqual([items[0].name, items[0].license], ['=cmd|x<b>.safetensors', null]);
    assert.equal(typeof items[1].license.allowNoCredit, 'boolean');
    assert.match(texts.get('csv') ?? '', /^'=cmd\|x<b>\.safetensors,/m);
    assert.doesNotMatch(texts.get('markdown') ?? '', /<b>|cmd\|x/);
    assert.deepEqual(parse(texts.get('yaml') ?? ''), { items });
    assert.match(texts.get('xml') ?? '', /<name>=cmd\|x&lt;b&gt;\.safetensors<\/name>/);
    assert.match(texts.get('html') ?? '', /<td>=cmd\|x&lt;b&gt;\.safetensors<\/td>/);
    using list = new DatabaseSync(join(bench.library, 'list.sqlite'), { readOnly: true });
    const rows = list.prepare('SELECT Name, Size_Bytes, Model_ID FROM library_files').all();
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      items.map((item: { name: string; sizeBytes: number; modelId: number | null }) => ({
        Name: item.name,
        Size_Bytes: item.sizeBytes,
        Model_ID: item.modelId,
      })),
    );
  });
});
