/** History taken from one home to another: the same rows, all or none, and never a path out of the library. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import * as fc from 'fast-check';

import { modelsCommands, modelsRoutes } from '#models';
import { exportHistory, importHistory } from '#models/contract';
import { callAsTester } from '#platform/http/testing';
import { testActor } from '#platform/unit-of-work/testing';
import { startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { type ExchangeRow, factsOf, insertExchangeRows } from '../../src/domains/models/testing/exchange-parts.ts';
import { type ModelBench, openBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-exchange-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  const run = await runCommand(modelsCommands, [...argv, '--json'], { open: async () => bench.models, handlers });
  const [first = 'null'] = run.stdout.split('\n', 1);
  return { ...run, answer: first === '' ? undefined : JSON.parse(first) };
}

/** Names as people and strangers give them; NUL is kept out where records come in. */
const name = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\u0000'));
const instant = fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString());
const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const reason = fc.option(
  fc.record({ reason_code: name, reason_params: fc.dictionary(name, fc.oneof(name, fc.integer(), fc.boolean())) }),
  { nil: { reason_code: null, reason_params: null } },
);

interface History {
  readonly downloads: readonly ExchangeRow[];
  readonly files: readonly ExchangeRow[];
  readonly searches: readonly ExchangeRow[];
}

/** Some downloads were placed and lead to a file of the library, others ended otherwise. */
function historyIn(library: string): fc.Arbitrary<History> {
  const file = fc.record({
    path: fc.uuid().map((one) => join(library, 'loras', `${one}.safetensors`)),
    name,
    model_name: name,
    size_bytes: size,
    sha256,
    trained_words: fc.array(name, { maxLength: 3 }),
    verified_at: fc.option(instant),
    placed_at: instant,
    state: fc.constantFrom('present', 'missing', 'damaged'),
  });
  const download = fc.record({
    ref: name,
    seconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }).map((one) => one + 0)),
    network_bytes: fc.option(size),
    bytes_per_second: fc.option(size),
    parts: fc.constantFrom(null, 'model', 'sidecars,images'),
    force: fc.constantFrom(0, 1),
    created_at: instant,
    updated_at: instant,
    status: fc.constantFrom('failed', 'cancelled', 'planned', 'quarantined'),
    reason,
  });
  const search = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom('search', 'collect', 'sweep', 'watch'),
    query: fc.record({ query: name.filter((text) => text.trim() !== ''), nsfw: fc.constantFrom('sfw', 'all') }),
    found: fc.nat(),
    started_at: instant,
    ms: fc.nat(),
    reason,
  });
  return fc
    .tuple(
      fc.uniqueArray(file, { maxLength: 12, selector: ({ path }) => path }),
      fc.array(download, { maxLength: 12 }),
      fc.uniqueArray(search, { maxLength: 6, selector: ({ id }) => id }),
      fc.uniqueArray(fc.uuid(), { minLength: 36, maxLength: 36 }),
    )
    .map(([files, downloads, searches, ids]) => ({
      files: files.map((one, index) => ({ ...base(index), ...one, ...fileParts(one.path), id: ids[index] })),
      downloads: downloads.map(({ reason: why, ...one }, index) => {
        const target = files[index];
        const placed = target === undefined ? {} : { status: 'placed', path: target.path, sha256: target.sha256 };
        return { ...base(index), ...downloadParts, ...one, ...why, ...placed, id: ids[12 + index] };
      }),
      searches: searches.map(({ reason: why, ...one }) => ({ ...one, ...why, ...searchParts })),
    }));
}

function base(index: number) {
  return { model_id: 7, version_id: 100 + index, file_id: 1000 + index, type: 'LORA', verdict: 'clean' };
}

function fileParts(path: string) {
  const admitted = { by: '人', at: '2026-11-22', reason: null, action: 'ask', rules: ['pickle-import-unknown'] };
  const sidecars = [path.replace('.safetensors', '.json')];
  return { base_model: null, hashes: {}, sidecars, admitted: path.length % 2 === 0 ? admitted : null };
}

const downloadParts = {
  model_name: 'モデル',
  name: 'a.safetensors',
  path: null,
  size_bytes: null,
  sha256: null,
  layout: 'comfyui',
  connections: null,
  accept_risk: 1,
  risk_reason: 'looked at by hand',
  tool_version: '1.2.3',
};
const searchParts = {
  stages: [{ filter: 'type', in: 3, out: 2, where: 'kura' }],
  stopped: 'end',
  result_hash: 'abc',
};

async function fill(bench: ModelBench, { downloads, files, searches }: History): Promise<void> {
  await bench.database.transaction(async (tx) => {
    await insertExchangeRows(tx, 'downloads', downloads);
    await insertExchangeRows(tx, 'library_files', files);
    await insertExchangeRows(tx, 'search_runs', searches);
  });
}

/** What people see of it, in the order in which they see it. */
async function shown(bench: ModelBench) {
  const { models, library } = bench;
  const all = [
    (await models.listDownloads({ limit: 100 })).items,
    (await models.listLibrary({ limit: 100 })).items,
    (await models.history.list({ limit: 100 })).items,
  ];
  return JSON.parse(JSON.stringify(all).replaceAll(library, 'LIBRARY'));
}

forEachDatabase((databases) => {
  async function openEmpty(): Promise<ModelBench> {
    return openBench({
      source: { siteUrl: 'http://localhost', refHosts: [] } as never,
      databaseUrl: await databases.freshUrl(),
    });
  }

  it('exported and imported is equal, as a folder and as one file, and a second time nothing is new', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (seeds, isFile) => {
        await using from = await openEmpty();
        await using to = await openEmpty();
        const [history] = fc.sample(historyIn(from.library), { numRuns: 1, seed: seeds.next().value ?? 0 });
        assert.ok(history);
        await fill(from, history);
        const path = join(folder, `${randomUUID()}${isFile ? '.jsonl' : ''}`);
        const manifest = await from.models.downloadHistory.exportTo(path);
        assert.equal(manifest.tables.downloads.rows, history.downloads.length);
        const imported = await to.models.downloadHistory.importFrom(path, testActor);
        assert.deepEqual(imported.faults, []);
        assert.equal(imported.missingFiles, history.files.length);
        assert.deepEqual(await shown(to), await shown(from));
        const { tables } = await to.models.downloadHistory.exportTo(`${path}-again`);
        assert.deepEqual(tables, manifest.tables);
        const again = await to.models.downloadHistory.importFrom(path, testActor);
        assert.deepEqual(
          again.tables.map(({ added }) => added),
          [0, 0, 0],
        );
      }),
      { numRuns: 4 },
    );
  });

  it('goes over HTTP as one text, all of it or nothing', async () => {
    await using simulator = await startCivitaiSimulator();
    await using from = await openOver(databases, simulator);
    await using to = await openOver(databases, simulator);
    const { versionId, fileId } = simulator.catalogue.known.repairable;
    await from.get([`https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`]);
    const { content, fileName } = await callAsTester(modelsRoutes(from.models, translators), exportHistory);
    assert.match(fileName, /^kura-history-\d{4}-\d\d-\d\d\.jsonl$/);
    const there = modelsRoutes(to.models, translators);
    const damaged = content.replace('"force":0', '"force":7');
    assert.notEqual(damaged, content);
    const refused = await callAsTester(there, importHistory, { body: { content: damaged } }, { language: 'ja' });
    assert.deepEqual([refused.tables, refused.faultCount > 0], [[], true]);
    assert.match(refused.faults[0]?.message ?? '', /ダウンロード/);
    const imported = await callAsTester(there, importHistory, { body: { content } });
    assert.deepEqual([imported.faultCount, imported.missingFiles], [0, 1]);
    assert.deepEqual(
      imported.tables.map(({ table, added }) => [table, added]),
      [
        ['downloads', 1],
        ['library_files', 1],
        ['search_runs', 0],
      ],
    );
  });

  it('takes a real history to another home, where what is missing can be fetched', async () => {
    await using simulator = await startCivitaiSimulator();
    await using from = await openOver(databases, simulator);
    await using to = await openOver(databases, simulator);
    const { versionId, fileId } = simulator.catalogue.known.repairable;
    await from.get([`https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`]);
    const path = join(folder, 'real');
    assert.equal((await kura(from, 'models', 'history-export', path)).code, 0);
    assert.deepEqual((await readdir(path)).toSorted(), [
      'downloads.jsonl',
      'library-files.jsonl',
      'manifest.json',
      'search-runs.jsonl',
    ]);
    for (const [table, file] of [
      ['downloads', 'downloads.jsonl'],
      ['library_files', 'library-files.jsonl'],
    ] as const) {
      const [row] = await from.database.tables<Record<typeof table, object>>().selectFrom(table).selectAll().execute();
      const [line = ''] = (await readFile(join(path, file), 'utf8')).split('\n', 1);
      const left = new Set(['position', 'job_id']);
      const columns = Object.keys(row ?? {}).filter((column) => !left.has(column));
      assert.deepEqual(
        Object.keys(JSON.parse(line)).toSorted(),
        columns.toSorted(),
        `a column of ${table} stays behind`,
      );
    }
    const { answer, code } = await kura(to, 'models', 'history-import', path);
    assert.deepEqual([code, answer.missingFiles], [0, 1]);
    assert.equal((await kura(to, 'models', 'get', '--missing')).code, 0);
    assert.ok((await to.libraryFiles()).includes('loras/watercolour_wash_sdxl.safetensors'));
  });

  it('refuses a bundle with a single bad line, names every fault, and imports nothing', async () => {
    await using from = await openEmpty();
    await using to = await openEmpty();
    const [history] = fc.sample(
      historyIn(from.library).filter(({ files, downloads }) => files.length > 2 && downloads.length > 2),
      { numRuns: 1, seed: 5 },
    );
    assert.ok(history);
    await fill(from, history);
    const path = join(folder, `bad-${randomUUID()}`);
    await from.models.downloadHistory.exportTo(path);
    const good = await readFile(join(path, 'library-files.jsonl'), 'utf8');
    const lines = good.trim().split('\n');
    const first = JSON.parse(lines[0] ?? '');
    const wrongs: ReadonlyArray<readonly [string, readonly string[], string]> = [
      ['cut off', [...lines.slice(1), '{"id":'], 'models.bundle-no-row'],
      ['twice', [...lines, lines[0] ?? ''], 'models.bundle-twice'],
      [
        'out of the library',
        [JSON.stringify({ ...first, path: 'library:../../.ssh/id' }), ...lines.slice(1)],
        'models.bundle-strays',
      ],
      ['anywhere', [JSON.stringify({ ...first, path: '/etc/passwd' }), ...lines.slice(1)], 'models.bundle-strays'],
      [
        'other bytes',
        [JSON.stringify({ ...first, sha256: 'f'.repeat(64) }), ...lines.slice(1)],
        'models.bundle-unlinked',
      ],
      ['other model', [JSON.stringify({ ...first, model_id: 8 }), ...lines.slice(1)], 'models.bundle-unlinked'],
    ];
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    for (const [what, changed, code] of wrongs) {
      await writeFile(join(path, 'library-files.jsonl'), changed.map((line) => `${line}\n`).join(''));
      const tables = { ...manifest.tables, library_files: factsOf(changed) };
      await writeFile(join(path, 'manifest.json'), JSON.stringify({ ...manifest, tables }));
      const run = await kura(to, 'models', 'history-import', path);
      assert.equal(run.code, 5, what);
      const codes = run.answer.faults.map((fault: { code: string }) => fault.code);
      assert.ok(codes.includes(code), `${what}: ${codes.join(' ')}`);
    }
    // As it was, but under a manifest that says otherwise.
    await writeFile(join(path, 'library-files.jsonl'), good);
    const changed = await kura(to, 'models', 'history-import', path);
    assert.deepEqual(
      changed.answer.faults.map((fault: { code: string }) => fault.code),
      ['models.bundle-changed'],
    );
    assert.deepEqual(await shown(to), [[], [], []]);

    await writeFile(join(path, 'manifest.json'), JSON.stringify({ ...manifest, schemaVersion: 99 }));
    assert.match((await kura(to, 'models', 'history-import', path)).stderr, /bundle-too-new/);
    await writeFile(join(path, 'manifest.json'), '{}');
    assert.match((await kura(to, 'models', 'history-import', path)).stderr, /bundle-unreadable/);
    assert.match((await kura(to, 'models', 'history-import', join(folder, 'none'))).stderr, /bundle-not-there/);
  });
});
