/** Looking after the library: what is damaged is found, told, and brought back by the very same bytes. */
import assert from 'node:assert/strict';
import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import type { RepairSource } from '#models/ports';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester, type LibraryFile, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function place(bench: ModelBench, role: KnownRole): Promise<LibraryFile> {
  const { versionId, fileId } = simulator.catalogue.known[role];
  const [item] = await bench.get([`@${versionId}`], { file: String(fileId) });
  assert.equal(item?.status, 'placed');
  return bench.models.readLibraryFile(item.path ?? '');
}

async function states(bench: ModelBench): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const one of bench.models.verify(undefined, asTester)) {
    found[one.file.name] = 'error' in one ? one.error.code : one.state;
  }
  return found;
}

async function damagedEvents(bench: ModelBench): Promise<readonly string[]> {
  const rows = await bench.database
    .tables<{ kura_events: { name: string; payload: string; position: number } }>()
    .selectFrom('kura_events')
    .select('payload')
    .where('name', '=', 'models.file-damaged')
    .orderBy('position')
    .execute();
  return rows.map(({ payload }) => String(JSON.parse(payload).state));
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('finds a flipped byte, a short file and a missing one, and tells of each once', async () => {
    await using bench = await openOver(databases, simulator);
    const whole = await place(bench, 'embedding');
    const flipped = await place(bench, 'lora');
    const short = await place(bench, 'vae');
    const missing = await place(bench, 'japaneseLora');
    const bytes = await readFile(flipped.path);
    bytes[100_000] = (bytes[100_000] ?? 0) ^ 0x40;
    await writeFile(flipped.path, bytes);
    await truncate(short.path, short.sizeBytes - 1);
    await rm(missing.path);
    const expected = {
      [whole.name]: 'present',
      [flipped.name]: 'damaged',
      [short.name]: 'damaged',
      [missing.name]: 'missing',
    };
    assert.deepEqual(await states(bench), expected);
    assert.deepEqual(await states(bench), expected);
    assert.deepEqual(
      (await damagedEvents(bench)).toSorted((a, b) => a.localeCompare(b)),
      ['damaged', 'damaged', 'missing'],
    );
    const listed = await bench.models.listLibrary({ state: ['damaged', 'missing'], limit: 10 });
    assert.equal(listed.items.length, 3);
  });

  it('brings a missing file back from the site, with the bytes it had', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'lora');
    await rm(file.path);
    const { source } = await bench.models.repair(file, asTester);
    assert.equal(source, 'civitai');
    assert.deepEqual(await states(bench), { [file.name]: 'present' });
    assert.equal((await bench.models.readLibraryFile(file.id)).placedAt, file.placedAt);
  });

  it('takes a backup copy before it asks the site, and keeps the damaged bytes', async () => {
    let copy = '';
    const backup: RepairSource = {
      name: 'backup',
      recover: async (_wanted, target) => {
        await copyFile(copy, target);
        return true;
      },
    };
    await using bench = await openOver(databases, simulator, { overrides: { repairSources: [backup] } });
    const file = await place(bench, 'lora');
    copy = join(bench.home, 'copy');
    await copyFile(file.path, copy);
    await writeFile(file.path, 'ruined');
    simulator.clearRequests();
    const { source } = await bench.models.repair(file, asTester);
    assert.equal(source, 'backup');
    assert.equal(simulator.requests.length, 0);
    assert.deepEqual(await readFile(file.path), await readFile(copy));
    const [kept] = await bench.models.listQuarantine();
    assert.equal(await readFile(kept?.path ?? '', 'utf8'), 'ruined');
  });

  it('does not believe a backup that gives other bytes, and asks the site instead', async () => {
    const liar: RepairSource = {
      name: 'liar',
      recover: async (_wanted, target) => {
        await writeFile(target, 'something else');
        return true;
      },
    };
    await using bench = await openOver(databases, simulator, { overrides: { repairSources: [liar] } });
    const file = await place(bench, 'lora');
    await rm(file.path);
    assert.equal((await bench.models.repair(file, asTester)).source, 'civitai');
    assert.deepEqual(await states(bench), { [file.name]: 'present' });
    assert.ok(!(await bench.libraryFiles()).some((name) => name.includes('.recovered')));
  });

  it('finds the same bytes under another version when the old one is gone', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'lora');
    await rm(file.path);
    const { versionId } = simulator.catalogue.known.lora;
    simulator.faults.set({ route: 'version', versionId, status: 404, times: 1 });
    assert.equal((await bench.models.repair(file, asTester)).source, 'civitai');
  });

  it('says what every source said when nobody can help, and leaves the library as it was', async () => {
    const empty: RepairSource = { name: 'backup', recover: async () => false };
    await using bench = await openOver(databases, simulator, { overrides: { repairSources: [empty] } });
    const file = await place(bench, 'lora');
    await writeFile(file.path, 'ruined');
    simulator.faults.set({ route: 'version', status: 404 }, { route: 'by-hash', status: 404 });
    await assert.rejects(
      bench.models.repair(file, asTester),
      (error: { code: string; params: { reasons: string } }) => {
        assert.equal(error.code, 'models.repair-impossible');
        assert.match(error.params.reasons, /backup: not-there; civitai: models\.hash-unknown/);
        return true;
      },
    );
    assert.equal(await readFile(file.path, 'utf8'), 'ruined');
  });

  it('leaves a whole file alone', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'lora');
    simulator.clearRequests();
    assert.equal((await bench.models.repair(file, asTester)).source, null);
    assert.equal(simulator.requests.length, 0);
  });

  it('lists by name in any case and by pages, and counts by type', async () => {
    await using bench = await openOver(databases, simulator);
    for (const role of ['lora', 'japaneseLora', 'vae'] as const) await place(bench, role);
    const { items } = await bench.models.listLibrary({ query: 'LANTERN', limit: 10 });
    assert.deepEqual(
      items.map(({ modelName }) => modelName),
      ['Lantern Festival Style'],
    );
    assert.deepEqual((await bench.models.listLibrary({ query: '100%_', limit: 10 })).items, []);
    const first = await bench.models.listLibrary({ limit: 2 });
    const second = await bench.models.listLibrary({ limit: 2, cursor: first.nextCursor });
    assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [2, 1, undefined]);
    const stats = await bench.models.libraryStats();
    assert.equal(stats.files, 3);
    assert.deepEqual(stats.byType.map(({ type }) => type).toSorted(), ['LORA', 'VAE']);
    assert.deepEqual(stats.byState, [{ state: 'present', files: 3 }]);
  });

  it('shows a model the site has removed from what it saw of it', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'lora');
    const { modelId } = simulator.catalogue.known.lora;
    const signal = new AbortController().signal;
    const shown = await bench.models.readModel(modelId, signal);
    assert.equal(shown.source, 'site');
    simulator.faults.set({ route: 'model', status: 404 });
    const remembered = await bench.models.readModel(modelId, signal);
    assert.equal(remembered.source, 'catalogue');
    assert.deepEqual(
      remembered.versions.map(({ versionId, files }) => [versionId, files.length]),
      shown.versions.map(({ versionId, files }) => [versionId, files.length]),
    );
    assert.equal(remembered.versions[0]?.files[0]?.libraryId, file.id);
    await assert.rejects(bench.models.readModel(424_242, signal), { code: 'civitai.not-found' });
  });
});
