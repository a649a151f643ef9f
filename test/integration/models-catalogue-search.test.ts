/** The SQL over the catalogue means what the evaluator means, for random catalogues and random queries. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import * as fc from 'fast-check';

import { type Model, readModel } from '#engines/civitai';
import { instant } from '#kernel/brands';
import { modelsMigrations } from '#models';
import { type FacetName, facetNames, plainWord, sortFields } from '#models/contract';
import type { Database } from '#platform/db';
import { forEachDatabase } from '#stand-ins/databases';
import {
  type CatalogueOrder,
  type CatalogueTables,
  countFacets,
  labelFacets,
  matchingVersions,
  orderColumns,
  type QueryNode,
  rateVersion,
  searchCatalogue,
  upsertModels,
} from '../../src/domains/models/testing/catalogue-parts.ts';

const NOW = instant(new Date('2026-11-22T00:00:00Z'));
/** Words of which none is a part of another, so that terms and parts of text find the same. */
const vocabulary = ['lantern', 'harbour', 'moss', 'violet', '提灯', '夜景', 'キツネ', 'quiet', 'orbit', 'v2'];
const types = ['LORA', 'Checkpoint', 'TextualInversion', 'Some New Kind'];
const bases = ['Illustrious', 'SDXL 1.0', 'SDXL Turbo', 'Pony', 'Never Seen'];
const tags = ['style', 'character', 'base model', 'moss', 'a_b', 'ab', '夜景'];
const creators = ['mika', 'Ota', 'k_r'];
const formats = ['SafeTensor', 'PickleTensor', 'GGUF'];
const rights = ['Image', 'RentCivit', 'Rent', 'Sell'];
const days = ['2024-01-05T10:00:00.000Z', '2025-06-01T00:00:00.000Z', '2026-11-21T23:00:00.000Z'];
const digests = ['a1b2c3d4', 'd4c3b2a1', '00ff00ff', '12345678'];
const counters = [0, 1, 5, 40, 41, 1000, 250_000];

const words = fc.array(some(vocabulary), { minLength: 1, maxLength: 3 }).map((list) => list.join(' '));

const file = fc.record({
  name: fc.constant('x.safetensors'),
  sizeKB: maybe(some([1, 10.5, 6_600_000])),
  metadata: fc.record({ format: maybe(some(formats)) }),
  hashes: fc.record({ CRC32: maybe(some(digests)) }),
});
const version = fc.record({
  name: words,
  baseModel: maybe(some(bases)),
  publishedAt: maybe(some(days)),
  createdAt: maybe(some(days)),
  updatedAt: maybe(some(days)),
  availability: maybe(some(['Public', 'EarlyAccess'])),
  usageControl: maybe(some(['Download', 'Generation'])),
  earlyAccessEndsAt: maybe(some(['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'])),
  nsfwLevel: maybe(some([0, 1, 3, 31])),
  // A comma parts words for the evaluator and not for the index; so no quoted text asks for these two together.
  trainedWords: fc.array(fc.oneof(words, fc.constant('zinnia, violet')), { maxLength: 2 }),
  description: maybe(words.map((text) => `<p>${text}</p>`)),
  files: fc.array(file, { maxLength: 2 }),
});
const model = fc.record({
  name: words,
  type: some(types),
  description: maybe(words),
  creator: maybe(fc.record({ username: some(creators) })),
  tags: fc.uniqueArray(some(tags), { maxLength: 3 }),
  nsfw: maybe(fc.boolean()),
  nsfwLevel: maybe(some([0, 1, 3, 31])),
  poi: maybe(fc.boolean()),
  minor: maybe(fc.boolean()),
  mode: maybe(some(['Archived', 'TakenDown'])),
  allowNoCredit: maybe(fc.boolean()),
  allowDerivatives: maybe(fc.boolean()),
  allowDifferentLicense: maybe(fc.boolean()),
  allowCommercialUse: maybe(fc.subarray(rights)),
  stats: maybe(
    fc.record({
      downloadCount: maybe(some(counters)),
      thumbsUpCount: maybe(some(counters)),
      thumbsDownCount: maybe(some(counters)),
      commentCount: maybe(some(counters)),
      tippedAmountCount: maybe(some(counters)),
    }),
  ),
  modelVersions: fc.array(version, { maxLength: 3 }),
});
const catalogue = fc.array(model, { minLength: 1, maxLength: 25 }).map(readModels);

function readModels(raws: readonly { readonly modelVersions: readonly { readonly files: readonly object[] }[] }[]) {
  const ids = Array.from({ length: 1000 }, (_, index) => index + 1).values();
  return raws.flatMap((raw) => {
    const versions = raw.modelVersions.map((one) => ({
      ...one,
      id: ids.next().value,
      files: one.files.map((sent) => ({ ...sent, id: ids.next().value })),
    }));
    const reading = readModel({ ...raw, id: ids.next().value, modelVersions: versions });
    return 'item' in reading ? [reading.item] : [];
  });
}

const moments = days.map((day) => Date.parse(day));
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  { arbitrary: textLeaf(), weight: 5 },
  is('type', ['lora', 'check point', 'somenewkind']),
  is('base', ['illustrious', 'sdxl1.0', 'PONY']),
  is('family', ['SDXL', 'sd1', 'Pony', 'no such family', '']),
  is('tag', [...tags, 'STYLE', 'ｍｏｓｓ']),
  is('category', ['Base-Model', 'character']),
  is('creator', ['MIKA', 'kr', 'k_r']),
  is('name', vocabulary),
  is('words', ['moss', 'Violet', 'zinnia, violet']),
  is('license', ['sell', 'Rent-Civit', 'no-credit', 'derivatives', 'different-license']),
  is('format', ['safetensors', 'pickle', 'gguf']),
  is('hash', [...digests, 'A1B2C3D4']),
  is('state', ['available', 'archived', 'taken-down']),
  is('access', ['open', 'early', 'closed']),
  is('nsfw', ['safe', 'adult', 'excluded']),
  is('model', ['3', '7', '12']),
  is('version', ['1', '5', 'x', '']),
  range('downloads', counters),
  range('likes', counters),
  range('comments', counters),
  range('buzz', [...counters, 0.5, 1e300]),
  range('interactions', counters),
  range('likeRatio', [0, 0.5, 1]),
  range('size', [0, 1024, 10_752, 1e12]),
  range('model', [4, 9]),
  range('version', [4, 9]),
  range('published', [...moments, 0, 8.64e15]),
  range('updated', moments),
);

function textLeaf(): fc.Arbitrary<QueryNode> {
  const field = some(['text', 'name', 'creator', 'tag', 'words'] as const);
  const text = fc.oneof(words, some(vocabulary), some([...creators, '夜', 'キツ', 'LANTERN', 'ｷﾂﾈ']));
  return fc.record({ field, text, exact: fc.boolean() }).map((node): QueryNode => ({ kind: 'text', ...node }));
}

const { node: query } = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc
      .record({ kind: some(['all', 'any'] as const), nodes: fc.array(tie('node'), { maxLength: 4 }) })
      .map((node): QueryNode => node),
    tie('node').map((node): QueryNode => ({ kind: 'not', node })),
  ),
}));
const order: fc.Arbitrary<CatalogueOrder> = fc.record({
  field: some([...sortFields, 'relevance' as const]),
  direction: some(['asc', 'desc'] as const),
});

function some<T>(values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { freq: 4, nil: null });
}

function is(field: Extract<QueryNode, { kind: 'is' }>['field'], values: readonly string[]): fc.Arbitrary<QueryNode> {
  return fc.subarray([...values], { minLength: 1 }).map((chosen) => ({ kind: 'is', field, values: chosen }));
}

function range(
  field: Extract<QueryNode, { kind: 'range' }>['field'],
  ends: readonly number[],
): fc.Arbitrary<QueryNode> {
  return fc
    .record({ min: maybe(some(ends)), max: maybe(some(ends)) })
    .map((bounds) => ({ kind: 'range', field, ...bounds }));
}

async function hitsByPages(database: Database, where: QueryNode, by: CatalogueOrder, limit: number) {
  const hits: string[] = [];
  const totals = new Set<string>();
  let after: string | undefined;
  do {
    const page = await searchCatalogue(database, { where, order: by, limit, after, now: NOW });
    assert.ok(page.hits.length <= limit);
    hits.push(...page.hits.map(({ modelId, versionId }) => `${modelId}@${versionId}`));
    totals.add(JSON.stringify(page.total));
    after = page.nextCursor;
  } while (after !== undefined);
  return { hits, totals: [...totals] };
}

function expectedHits(models: readonly Model[], where: QueryNode): readonly string[] {
  return models.flatMap((one) => {
    const [first] = matchingVersions(where, one, Date.parse(NOW));
    return first === undefined ? [] : [`${one.modelId}@${first.versionId}`];
  });
}

forEachDatabase((databases) => {
  it('finds exactly the versions that the evaluator finds, page by page, each once, in the order asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        catalogue,
        fc.array(fc.tuple(query, order, fc.integer({ min: 1, max: 7 })), { minLength: 20, maxLength: 40 }),
        async (models, asked) => {
          await using database = await databases.open(modelsMigrations);
          await database.transaction(async (tx) => upsertModels(tx, models, NOW));
          for (const [where, by, limit] of asked) {
            const expected = expectedHits(models, where);
            const { hits, totals } = await hitsByPages(database, where, by, limit);
            assert.deepEqual([...hits].sort(), [...expected].sort(), JSON.stringify(where));
            assert.deepEqual(totals, [JSON.stringify({ value: expected.length, exact: true })]);
            await assertOrdered(database, hits, by);
          }
        },
      ),
      { numRuns: databases.dialect === 'sqlite' ? 25 : 10 },
    );
  });

  it('counts each model once for each value that its matching versions have', async () => {
    await fc.assert(
      fc.asyncProperty(
        catalogue,
        fc.array(fc.tuple(query, some([0, 3000])), { minLength: 20, maxLength: 40 }),
        async (models, asked) => {
          await using database = await databases.open(modelsMigrations);
          await database.transaction(async (tx) => upsertModels(tx, models, NOW));
          for (const [where, few] of asked) {
            const counted = await countFacets(database, { where, now: NOW, most: 100, few });
            const labelled = await labelFacets(database, counted);
            const expected = expectedFacets(models, where);
            assert.equal(counted.models, expected.models, JSON.stringify(where));
            for (const name of facetNames) {
              const told = labelled[name].map(({ value, models: count }) => [keyOf(name, value), count] as const);
              assert.deepEqual(new Map(told), expected.facets[name], `${name} ${JSON.stringify(where)}`);
              const counts = told.map(([, count]) => count);
              assert.deepEqual(
                counts,
                counts.toSorted((a, b) => b - a),
              );
            }
          }
        },
      ),
      { numRuns: databases.dialect === 'sqlite' ? 15 : 6, endOnFailure: true },
    );
  });

  it('tells the most frequent values, as they are spelled', async () => {
    await using database = await databases.open(modelsMigrations);
    const raws = ['Style', 'Style', 'Rare'].map((tag, index) => ({
      name: `m${index}`,
      type: 'LORA',
      tags: [tag],
      creator: { username: 'k_R' },
      modelVersions: [{ name: 'v1', baseModel: 'SDXL 1.0', files: [] }],
    }));
    await database.transaction(async (tx) => upsertModels(tx, readModels(raws), NOW));
    const where: QueryNode = { kind: 'all', nodes: [] };
    const labelled = await labelFacets(database, await countFacets(database, { where, now: NOW, most: 1 }));
    assert.deepEqual(labelled, {
      type: [{ value: 'LORA', models: 3 }],
      base: [{ value: 'SDXL 1.0', models: 3 }],
      tag: [{ value: 'Style', models: 2 }],
      creator: [{ value: 'k_R', models: 3 }],
      nsfw: [{ value: 'adult', models: 3 }],
    });
  });
});

/** What makes two spellings the same to a search. */
function keyOf(name: FacetName, value: string): string {
  return name === 'tag' || name === 'creator' ? value.normalize('NFKC').toLowerCase() : plainWord(value);
}

/** By the evaluator; spellings that are the same to a search count together. */
function expectedFacets(models: readonly Model[], where: QueryNode) {
  const facets: Record<FacetName, Map<string, number>> = {
    type: new Map(),
    base: new Map(),
    tag: new Map(),
    creator: new Map(),
    nsfw: new Map(),
  };
  let count = 0;
  for (const one of models) {
    const versions = matchingVersions(where, one, Date.parse(NOW));
    if (versions.length === 0) continue;
    count += 1;
    const values: Record<FacetName, readonly (string | null | undefined)[]> = {
      type: [one.type],
      base: versions.map(({ baseModel }) => baseModel),
      tag: one.tags,
      creator: [one.creator?.username],
      nsfw: versions.map((version) => rateVersion(one, version)),
    };
    for (const name of facetNames) {
      const keys = new Set(values[name].flatMap((value) => (value ? [keyOf(name, value)] : [])));
      for (const key of keys) facets[name].set(key, (facets[name].get(key) ?? 0) + 1);
    }
  }
  return { models: count, facets };
}

async function assertOrdered(database: Database, hits: readonly string[], by: CatalogueOrder): Promise<void> {
  if (by.field === 'relevance') return;
  const column = orderColumns[by.field];
  const rows = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_index')
    .select(['model_id', column])
    .execute();
  const valueOf = new Map(rows.map((row) => [row.model_id, row[column]]));
  const found = hits.map((hit) => Number.parseInt(hit, 10));
  const sign = by.direction === 'asc' ? 1 : -1;
  const sorted = found.toSorted((a, b) => {
    const [first = 0, second = 0] = [valueOf.get(a), valueOf.get(b)];
    if (first === second) return sign * (a - b);
    if (first === -1 || first === '') return 1;
    if (second === -1 || second === '') return -1;
    return first < second ? -sign : sign;
  });
  assert.deepEqual(found, sorted, JSON.stringify(by));
}
