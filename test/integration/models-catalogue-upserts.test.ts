/** What the catalogue keeps when answers come in any order, whole or not: the same as a few lines of plain objects. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import * as fc from 'fast-check';
import { sql } from 'kysely';

import { type Model, readModel } from '#engines/civitai';
import { type Instant, instant } from '#kernel/brands';
import { modelsMigrations } from '#models';
import type { Database } from '#platform/db';
import { forEachDatabase } from '#stand-ins/databases';
import {
  catalogueFilesByHash,
  markModelRemoved,
  readAnswers,
  readCatalogueModel,
  readCatalogueModels,
  readStatsHistory,
  upsertModels,
} from '../../src/domains/models/testing/catalogue-parts.ts';

const days = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => instant(new Date(day)));
function maybe<T>(values: readonly T[]): fc.Arbitrary<T | null> {
  return fc.option(fc.constantFrom(...values), { nil: null });
}

/** Fields that are null or empty when an answer is silent about them. */
const sentVersion = fc.record({
  id: fc.constantFrom(11, 12, 13),
  name: fc.constantFrom('', 'v1', 'v2'),
  baseModel: maybe(['SDXL 1.0', 'Pony']),
  nsfwLevel: maybe([1, 4]),
  trainedWords: fc.constantFrom([], ['moss'], ['lantern', 'fox']),
  description: maybe(['first', 'second']),
  images: fc.subarray([{ url: 'https://image.civitai.com/a.jpeg' }, { url: 'https://image.civitai.com/b.jpeg' }]),
});
const sentModel = fc.record({
  id: fc.constantFrom(1, 2),
  name: fc.constantFrom('', 'Lantern', 'Harbour'),
  type: fc.constantFrom('', 'LORA', 'Checkpoint'),
  description: maybe(['<p>one</p>', '<p>two</p>']),
  creator: maybe([{ username: 'mika' }, { username: 'ota' }]),
  tags: fc.constantFrom([], ['style'], ['style', 'moss']),
  poi: maybe([true, false]),
  mode: maybe(['Archived']),
  allowDerivatives: maybe([true, false]),
  allowCommercialUse: maybe([[], ['Image', 'Sell']]),
  stats: maybe([{ downloadCount: 5 }, { downloadCount: 9, thumbsUpCount: 2 }]),
  modelVersions: fc.uniqueArray(sentVersion, { selector: ({ id }) => id, maxLength: 3 }),
});
/** Versions belong to one model each, so ids of models part them. */
const record = fc.record({ at: fc.constantFrom(...days), sent: sentModel }).map(({ at, sent }) => ({
  at,
  model: modelOf({
    ...sent,
    modelVersions: sent.modelVersions.map((version) => ({ ...version, id: version.id + sent.id * 100 })),
  }),
}));

function modelOf(raw: Readonly<Record<string, unknown>>): Model {
  const reading = readModel(raw);
  assert.ok('item' in reading);
  return reading.item;
}

function countedModel(downloads: number): Model {
  return modelOf({
    id: 1,
    name: 'x',
    type: 'LORA',
    odd: { new: [1] },
    stats: { downloadCount: downloads },
    modelVersions: [],
  });
}

type Fields = Readonly<Record<string, unknown>>;
interface Remembered {
  readonly models: Map<number, Fields>;
  readonly versions: Map<number, Fields>;
}

/** Silent = keep, older = ignore; what is always told is taken over. */
function remember(
  known: Map<number, Fields>,
  [id, at]: readonly [number, Instant],
  told: Fields,
  always: Fields,
): void {
  const before = known.get(id) ?? {};
  if (typeof before['seenAt'] === 'string' && before['seenAt'] > at) return;
  const said = Object.fromEntries(Object.entries(told).filter(([, value]) => isSaid(value)));
  known.set(id, { ...told, ...before, ...said, ...always, seenAt: at });
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function rememberModel({ models, versions }: Remembered, model: Model, at: Instant): void {
  remember(models, [model.modelId, at], fieldsOf(model), { mode: model.mode });
  for (const version of model.versions) {
    const before = versions.get(version.versionId);
    const known = Array.isArray(before?.['images']) ? before['images'].map(String) : [];
    const seenAt = before?.['seenAt'];
    const isOlder = typeof seenAt === 'string' && seenAt > at;
    const urls = [...new Set([...known, ...(isOlder ? [] : urlsOf(version))])].sort();
    remember(versions, [version.versionId, at], versionFields(version), { images: urls });
  }
}

function fieldsOf({ name, type, descriptionHtml, creator, tags, poi, licence, stats }: Model): Fields {
  return {
    name,
    type,
    descriptionHtml,
    tags,
    poi,
    creator: creator?.username ?? null,
    derivatives: licence.allowDerivatives,
    // An empty list is an answer: no rights.
    commercial: licence.allowCommercialUse === null ? null : licence.allowCommercialUse.join(' ') || 'none',
    downloads: stats?.downloads ?? null,
    likes: stats?.thumbsUp ?? null,
  };
}

function versionFields({
  name,
  baseModel,
  nsfwLevel,
  trainedWords,
  descriptionHtml,
}: Model['versions'][number]): Fields {
  return { name, baseModel, nsfwLevel, trainedWords, descriptionHtml };
}

function urlsOf({ images }: Model['versions'][number]): readonly string[] {
  return images.map(({ url }) => url).sort();
}

/** The catalogue shows no moment for a single version. */
function withoutMoments(versions: ReadonlyMap<number, Fields>): ReadonlyMap<number, Fields> {
  return new Map(
    [...versions].map(([id, fields]) => [
      id,
      Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'seenAt')),
    ]),
  );
}

async function catalogueState(database: Database): Promise<Remembered> {
  const known = await readCatalogueModels(database, [1, 2]);
  return {
    models: new Map(
      known.map(({ model, seenAt }) => [model.modelId, { ...fieldsOf(model), mode: model.mode, seenAt }]),
    ),
    versions: new Map(
      known.flatMap(({ model }) =>
        model.versions.map(
          (version) => [version.versionId, { ...versionFields(version), images: urlsOf(version) }] as const,
        ),
      ),
    ),
  };
}

const tables = [
  'models',
  'versions',
  'files',
  'tags',
  'images',
  'creators',
  'hashes',
  'stats',
  'index',
  'version_index',
];

async function everyRow(database: Database): Promise<string> {
  const rows: unknown[] = [];
  for (const table of tables) {
    const found = await sql`select * from ${sql.table(`catalogue_${table}`)}`.execute(database.tables<unknown>());
    rows.push(found.rows.map((row) => JSON.stringify(row)).sort());
  }
  return JSON.stringify(rows);
}

forEachDatabase((databases) => {
  it('keeps what it knew where an answer is silent, and lets no older answer overwrite a newer one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
        await using database = await databases.open(modelsMigrations);
        const expected: Remembered = { models: new Map(), versions: new Map() };
        for (const { at, model } of records) {
          await database.transaction(async (tx) => upsertModels(tx, [model], at));
          rememberModel(expected, model, at);
        }
        const actual = await catalogueState(database);
        assert.deepEqual(actual.models, expected.models);
        assert.deepEqual(actual.versions, withoutMoments(expected.versions));
        const before = await everyRow(database);
        const [last] = records.toSorted((a, b) => (a.at < b.at ? 1 : -1));
        assert.ok(last);
        const again =
          records.findLast(({ at, model }) => at === last.at && model.modelId === last.model.modelId) ?? last;
        await database.transaction(async (tx) => upsertModels(tx, [again.model], again.at));
        assert.equal(await everyRow(database), before);
      }),
      { numRuns: databases.dialect === 'sqlite' ? 40 : 10 },
    );
  });

  it('finds files by any digest, CRC32 in both byte orders', async () => {
    await using database = await databases.open(modelsMigrations);
    const hashes = { SHA256: 'AB'.repeat(32), AutoV2: 'ABABABABAB', CRC32: '12345678' };
    const files = [{ id: 5, name: 'a.safetensors', sizeKB: 1, hashes }];
    const model = modelOf({ id: 1, name: 'x', type: 'LORA', modelVersions: [{ id: 2, name: 'v', files }] });
    await database.transaction(async (tx) => upsertModels(tx, [model], days[0] ?? assert.fail()));
    for (const [digest, algorithm] of [
      ['AB'.repeat(32), 'sha256'],
      ['ababababab', 'autoV2'],
      ['12345678', 'crc32'],
      ['78563412', 'crc32'],
    ] as const) {
      const found = await catalogueFilesByHash(database, digest);
      assert.deepEqual(
        found.map((file) => [file.modelId, file.versionId, file.fileId, file.sizeBytes, file.algorithm]),
        [[1, 2, 5, 1024, algorithm]],
      );
    }
    assert.deepEqual(await catalogueFilesByHash(database, 'cd'.repeat(32)), []);
  });

  it('keeps what vanished upstream, marked, until it is seen again', async () => {
    await using database = await databases.open(modelsMigrations);
    const [first, second, third] = days;
    assert.ok(first && second && third);
    const model = modelOf({ id: 1, name: 'x', type: 'LORA', modelVersions: [{ id: 2, name: 'v' }] });
    await database.transaction(async (tx) => upsertModels(tx, [model], first));
    await database.transaction(async (tx) => markModelRemoved(tx, 1, second));
    const gone = await readCatalogueModel(database, 1);
    assert.deepEqual([gone?.removedAt, gone?.checkedAt, gone?.model.versions.length], [second, second, 1]);
    await database.transaction(async (tx) => upsertModels(tx, [model], third));
    assert.equal((await readCatalogueModel(database, 1))?.removedAt, null);
  });

  it('takes one snapshot of the counters a day, of old records as well, and keeps the answer as it was sent', async () => {
    await using database = await databases.open(modelsMigrations);
    for (const [at, downloads] of [
      ['2026-11-10T08:00:00Z', 70],
      ['2026-11-01T08:00:00Z', 10],
      ['2026-11-10T20:00:00Z', 75],
      ['2026-11-10T07:00:00Z', 69],
    ] as const) {
      await database.transaction(async (tx) => upsertModels(tx, [countedModel(downloads)], instant(new Date(at))));
    }
    const history = await readStatsHistory(database, 'model', 1, 10);
    assert.deepEqual(
      history.map(({ day, downloads }) => [day, downloads]),
      [
        ['2026-11-01', 10],
        ['2026-11-10', 75],
      ],
    );
    const [answer] = await readAnswers(database, 'model', 1);
    assert.equal(answer?.fetchedAt, '2026-11-10T20:00:00.000Z');
    assert.deepEqual(answer.body, countedModel(75).raw);
  });
});
