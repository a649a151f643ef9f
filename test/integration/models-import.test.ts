import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { modelsMigrations } from '#models';
import type { AuditTables } from '#platform/unit-of-work';
import { writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { openRecordImporter } from '../../src/domains/models/testing/open-record-importer.ts';
import { fixturesFolder } from '../stand-ins/fixtures.ts';

interface Answer {
  readonly files: number;
  readonly models: number;
  readonly versions: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

forEachDatabase((databases) => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-records-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function open() {
    const database = await databases.open([...writeMigrations, ...modelsMigrations]);
    const importer = openRecordImporter(database);
    async function answer(...paths: string[]): Promise<Answer & { readonly code: number }> {
      const { code, stdout } = await importer.run(['--json', ...paths]);
      return { code, ...(JSON.parse(stdout) as Answer) };
    }
    return { ...importer, database, answer, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  async function write(name: string, value: unknown, at?: Date): Promise<string> {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
    if (at !== undefined) await utimes(path, at, at);
    return path;
  }

  const recorded = fixturesFolder('civitai');

  it('takes every model and version of the recorded answers and names a reason for the rest, again and again the same', {
    skip: recorded.found ? false : recorded.reason,
  }, async () => {
    assert.ok(recorded.found);
    await using bench = await open();
    const first = await bench.answer(recorded.path);
    assert.equal(first.code, 3);
    const skipped = first.skipped.map(({ file }) => relative(recorded.path, file));
    // By the note in civitai-api.md: these folders hold neither models nor versions.
    const foreign = /^(?:collections|creators|downloads|errors|images|layouts|me|permissions|tags|vault)\//;
    const alsoForeign = [
      'index.json',
      'model-versions/by-hash-ids.json',
      'model-versions/mini-2514310.json',
      'models/page-empty-with-cursor.json',
      'sidecars/sd_xl_turbo_lora_v1.json',
    ];
    assert.deepEqual(
      skipped.filter((file) => !foreign.test(file)),
      alsoForeign,
    );
    assert.ok(first.skipped.every(({ reason }) => reason.length > 5 && !reason.includes('models.')));
    assert.deepEqual({ models: first.models, versions: first.versions }, await bench.count());
    assert.ok(first.models > 40 && first.versions > 60, JSON.stringify([first.models, first.versions]));
    const inModels = (await readdir(join(recorded.path, 'models'))).length - 1;
    assert.equal(first.files - skipped.length, inModels + 5, 'and three of model-versions/, one side-car, the enums');
    assert.deepEqual(await bench.answer(recorded.path), first);
  });

  it('takes a side-car with the model it belongs to, and leaves weights beside it alone', {
    skip: recorded.found ? false : recorded.reason,
  }, async () => {
    assert.ok(recorded.found);
    await using bench = await open();
    const library = join(folder, 'library', 'loras');
    await mkdir(library, { recursive: true });
    await copyFile(
      join(recorded.path, 'sidecars', 'sd_xl_turbo_lora_v1.civitai.info'),
      join(library, '蔵.civitai.info'),
    );
    await writeFile(join(library, '蔵.safetensors'), 'weights');
    await writeFile(join(library, '蔵.preview.png'), 'picture');
    assert.deepEqual(await bench.answer(join(folder, 'library')), {
      code: 0,
      files: 1,
      models: 1,
      versions: 1,
      skipped: [],
    });
    const model = await bench.readModel(215_485);
    assert.deepEqual([model?.type, model?.versions.map(({ versionId }) => versionId)], ['LORA', [242_807]]);
    // The whole model, read later, is not undone by the side-car, read once more.
    const whole = join(recorded.path, 'models', '2023-detail-215485-sdxl-turbo-lora.json');
    await bench.answer(whole);
    const rich = await bench.readModel(215_485);
    await bench.answer(join(folder, 'library'));
    const after = await bench.readModel(215_485);
    assert.ok((rich?.versions.length ?? 0) > 1);
    assert.deepEqual([after?.tags, after?.creator, after?.stats], [rich?.tags, rich?.creator, rich?.stats]);
    assert.deepEqual(
      after?.versions.map(({ versionId }) => versionId),
      rich?.versions.map(({ versionId }) => versionId),
    );
  });

  it('does not write an older record over a newer one, but keeps the versions only the old one knows', async () => {
    await using bench = await open();
    const [first, second] = [
      { id: 21, name: 'v1', files: [{ id: 31, name: 'a.safetensors' }] },
      { id: 22, name: 'v2', files: [{ id: 32, name: 'b.safetensors' }] },
    ];
    const now = { id: 10, name: 'now', type: 'LORA', tags: ['new'], modelVersions: [second] };
    const once = { id: 10, name: 'once', type: 'LORA', tags: ['old'], modelVersions: [second, first] };
    const newer = await write('ages/a-newer.json', now, new Date('2026-06-01T00:00:00Z'));
    const older = await write('ages/b-older.json', once, new Date('2023-06-01T00:00:00Z'));
    for (const paths of [[newer, older], [older, newer], [join(folder, 'ages')]]) {
      await bench.answer(...paths);
      const model = await bench.readModel(10);
      assert.deepEqual([model?.name, model?.tags, model?.seenAt], ['now', ['new'], '2026-06-01T00:00:00.000Z']);
      assert.deepEqual(
        model?.versions.map(({ versionId }) => versionId),
        [22, 21],
      );
    }
  });

  it('stores what PostgreSQL would refuse, and reads files with a byte order mark', async () => {
    await using bench = await open();
    const text = `\uFEFF${JSON.stringify({ id: 11, name: 'a\u0000b', type: 'LORA', modelVersions: [] })}`;
    const answer = await bench.answer(await write('odd.json', text));
    assert.deepEqual([answer.code, answer.models], [0, 1]);
    assert.equal((await bench.readModel(11))?.name, 'ab');
  });

  it('says per file why it was not taken, and fails when nothing was', async () => {
    await using bench = await open();
    const model = { id: 12, name: 'x', type: 'LORA', modelVersions: [] };
    const page = await write('page.json', { items: [model, { id: 0, modelVersions: [] }, 5] });
    const broken = await write('broken.json', '{"id": 1,');
    const missing = join(folder, 'missing.json');
    assert.deepEqual(await bench.answer(page, broken, missing), {
      code: 3,
      files: 2,
      models: 1,
      versions: 0,
      skipped: [
        { file: broken, reason: 'not JSON, so no recorded answer' },
        { file: missing, reason: `There is nothing at ${missing}.` },
        { file: page, reason: 'taken except for entries (2), the first: an entry without a usable id' },
      ],
    });
    assert.equal((await bench.answer(missing)).code, 1);
  });

  it('shows people what came in and what did not', async () => {
    await using bench = await open();
    const broken = await write('people/broken.json', 'no');
    await write('people/model.json', { id: 13, name: 'x', type: 'LORA', modelVersions: [] });
    const { stdout, code } = await bench.run(['--lang', 'ja', join(folder, 'people')]);
    assert.equal(code, 3);
    assert.match(stdout, /^2 ファイルを読みました: モデル 1、バージョン 0/);
    assert.ok(stdout.includes(`  ${broken}: JSON ではない`), stdout);
  });

  it('records in whose name it was done', async () => {
    await using bench = await open();
    await bench.answer(await write('audit.json', { id: 14, name: 'x', type: 'LORA', modelVersions: [] }));
    const rows = await bench.database
      .tables<AuditTables>()
      .selectFrom('audit_log')
      .select(['action', 'actor_kind', 'after'])
      .execute();
    assert.deepEqual(rows, [
      { action: 'models.import-records', actor_kind: 'cli', after: '{"files":1,"models":1,"versions":0}' },
    ]);
  });

  it('interrupted, ends with 130 and leaves the catalogue whole', async () => {
    await using bench = await open();
    const path = await write('interrupted.json', { id: 15, name: 'x', type: 'LORA', modelVersions: [] });
    const signal = AbortSignal.abort(new KuraError('interrupted', 'kernel.interrupted'));
    assert.equal((await bench.run(['--json', path], { signal })).code, 130);
    assert.equal(await bench.readModel(15), undefined);
  });
});
