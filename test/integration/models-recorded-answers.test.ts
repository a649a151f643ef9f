/** What other programs and Kura itself wrote down about models, taken into the catalogue (models.md M-287). */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, it } from 'node:test';

import { modelsMigrations } from '#models';
import { writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { openRecordImporter } from '../../src/domains/models/testing/open-record-importer.ts';

const SHA256 = 'AB'.repeat(32);
const files = [{ id: 30, name: '蔵.safetensors', type: 'Model', sizeKB: 1.5, hashes: { SHA256 } }];
const version = { id: 20, modelId: 10, name: 'v1', baseModel: 'SDXL 1.0', trainedWords: ['kura'], files };
const parent = { name: '蔵', type: 'LORA', nsfw: false, poi: false };
const listed = {
  modelId: 10,
  versionId: 20,
  name: '蔵',
  versionName: 'v1',
  type: 'LORA',
  baseModel: 'SDXL 1.0',
  creator: 'toji',
  tags: ['style'],
  trainedWords: ['kura'],
  nsfwLevel: 1,
  license: { allowCommercialUse: ['Image'], allowNoCredit: true, allowDerivatives: null, allowDifferentLicense: null },
  stats: { downloads: 5, thumbsUp: 2, thumbsDown: null, comments: null },
  publishedAt: '2026-01-01T00:00:00.000Z',
  pageUrl: 'https://civitai.com/models/10?modelVersionId=20',
  files: [
    { fileId: 30, name: '蔵.safetensors', type: 'Model', sizeBytes: 1536, format: 'SafeTensor', hashes: { SHA256 } },
  ],
};

const records: readonly (readonly [string, string, unknown])[] = [
  [
    'Civitai Helper',
    '蔵.civitai.info',
    { ...version, model: { ...parent, tags: ['style'] }, creator: { username: 'toji' } },
  ],
  [
    'LoRA Manager',
    '蔵.metadata.json',
    {
      file_name: '蔵',
      model_name: '蔵',
      sha256: SHA256.toLowerCase(),
      tags: ['style'],
      modelDescription: '<p>x</p>',
      from_civitai: true,
      civitai: { ...version, model: parent, creator: { username: 'toji' } },
    },
  ],
  [
    'Stability Matrix',
    '蔵.cm-info.json',
    {
      ModelId: 10,
      ModelName: '蔵',
      ModelType: 'LORA',
      Nsfw: false,
      Tags: ['style'],
      VersionId: 20,
      VersionName: 'v1',
      BaseModel: 'SDXL 1.0',
      TrainedWords: ['kura'],
      AuthorUsername: 'toji',
      RemoteFileName: '蔵.safetensors',
      RemoteFileId: 30,
      FileMetadata: { Fp: 'fp16', Size: 'full', Format: 'SafeTensor' },
      Hashes: { SHA256 },
    },
  ],
  [
    'rgthree',
    '蔵.safetensors.rgthree-info.json',
    {
      file: '蔵.safetensors',
      raw: { civitai: { ...version, model: { ...parent, tags: ['style'] }, creator: { username: 'toji' } } },
    },
  ],
  ['Kura’s own search', 'found.json', { items: [listed], stopped: 'end' }],
];

forEachDatabase((databases) => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-answers-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function open() {
    const database = await databases.open([...writeMigrations, ...modelsMigrations]);
    const importer = openRecordImporter(database);
    async function answer(path: string) {
      const { code, stdout } = await importer.run(['--json', path]);
      return { code, ...(JSON.parse(stdout) as { models: number; versions: number; skipped: readonly unknown[] }) };
    }
    return { ...importer, database, answer, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  async function write(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  for (const [program, name, record] of records) {
    it(`takes a record of ${program}, again and again the same`, async () => {
      await using bench = await open();
      const path = await write(join(program, name), JSON.stringify(record));
      const taken = { code: 0, models: 1, versions: 1, skipped: [] };
      const first = await bench.answer(path);
      assert.deepEqual(first, { ...first, ...taken });
      assert.deepEqual(await bench.answer(path), first);
      const model = await bench.readModel(10);
      assert.deepEqual(
        [model?.name, model?.type, model?.tags, model?.creator?.username],
        ['蔵', 'LORA', ['style'], 'toji'],
      );
      const [known] = model?.versions ?? [];
      assert.deepEqual(
        [
          known?.versionId,
          known?.baseModel,
          known?.trainedWords,
          known?.files[0]?.fileId,
          known?.files[0]?.hashes.sha256,
        ],
        [20, 'SDXL 1.0', ['kura'], 30, SHA256.toLowerCase()],
      );
    });
  }

  it('takes JSON Lines, one model per line, and says which lines it could not', async () => {
    await using bench = await open();
    const lines = [listed, { ...listed, modelId: 11, versionId: 21 }, { nothing: true }];
    const path = await write('found.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const { code, models, versions, skipped } = await bench.answer(path);
    assert.deepEqual([code, models, versions], [3, 2, 2]);
    assert.deepEqual(skipped, [
      {
        file: path,
        reason: 'taken except for entries (1), the first: neither a model nor a version of CivitAI',
      },
    ]);
  });

  it('keeps the counters of an older record as history, and its words away from newer ones', async () => {
    await using bench = await open();
    const model = { id: 12, name: 'now', type: 'LORA', tags: [], modelVersions: [], stats: { downloadCount: 9 } };
    const newer = await write('ages/newer.json', JSON.stringify(model));
    const older = await write(
      'ages/older.json',
      JSON.stringify({ ...model, name: 'once', stats: { downloadCount: 4 } }),
    );
    await utimes(newer, new Date('2026-06-01'), new Date('2026-06-01'));
    await utimes(older, new Date('2025-06-01'), new Date('2025-06-01'));
    await bench.answer(newer);
    await bench.answer(older);
    assert.equal((await bench.readModel(12))?.name, 'now');
    assert.deepEqual(await bench.downloads(12), [
      ['2025-06-01', 4],
      ['2026-06-01', 9],
    ]);
  });

  it('learns the words in the site’s own lists', async () => {
    await using bench = await open();
    const path = await write('enums.json', JSON.stringify({ ModelType: ['LORA', 'HoloModel'], BaseModel: ['Krea 9'] }));
    const { code, skipped } = await bench.answer(path);
    assert.deepEqual([code, skipped], [0, []]);
    const learned = await bench.words();
    assert.deepEqual(learned, ['HoloModel', 'Krea 9']);
  });
});
