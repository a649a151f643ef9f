import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type Model, readModel } from '#engines/civitai';

import { matches, matchingVersions } from './evaluate.ts';
import type { QueryField, QueryNode } from './query-node.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

function modelOf(fields: object): Model {
  const reading = readModel({
    id: 7,
    name: 'Paper Lanterns 提灯',
    type: 'LORA',
    nsfw: false,
    nsfwLevel: 1,
    description: '<p>Lit by <b>one</b> candle &amp; more</p>',
    creator: { username: 'sea_side' },
    tags: ['Style', '和風', 'base model'],
    allowNoCredit: true,
    allowDerivatives: false,
    allowCommercialUse: ['Image', 'RentCivit'],
    stats: { downloadCount: 1000, thumbsUpCount: 30, thumbsDownCount: 10, commentCount: 2, tippedAmountCount: null },
    modelVersions: [version({ id: 71 })],
    ...fields,
  });
  assert.ok('item' in reading);
  return reading.item;
}

function version(fields: object): object {
  return {
    id: 71,
    name: 'v2',
    baseModel: 'SDXL 1.0',
    publishedAt: '2026-11-01T00:00:00Z',
    nsfwLevel: 1,
    trainedWords: ['paper lantern, glow'],
    files: [
      {
        id: 711,
        sizeKB: 100,
        metadata: { format: 'SafeTensor' },
        hashes: { CRC32: '85114A0D', AutoV2: '0011223344' },
      },
      { id: 712, sizeKB: 5000, metadata: { format: 'PickleTensor' }, hashes: {} },
    ],
    ...fields,
  };
}

function holds(node: QueryNode, model: Model): boolean {
  const [first] = model.versions;
  assert.ok(first);
  return matches(node, { model, version: first }, now);
}

function is(field: QueryField, ...values: string[]): QueryNode {
  return { kind: 'is', field, values };
}

function range(field: QueryField, min: number | null, max: number | null): QueryNode {
  return { kind: 'range', field, min, max };
}

function text(words: string, exact = false, field: 'text' | 'name' | 'words' = 'text'): QueryNode {
  return { kind: 'text', field, text: words, exact };
}

describe('names', () => {
  it('that the site coined are the same however they are spelled', () => {
    const model = modelOf({});
    for (const node of [
      is('type', 'lora'),
      is('base', 'sdxl1.0'),
      is('base', 'Pony', 'sdxl-1.0'),
      is('family', 'sdxl'),
      is('format', 'safetensors'),
      is('format', 'pickle'),
      is('category', 'Base Model'),
      is('nsfw', 'safe'),
      is('state', 'available'),
      is('access', 'open'),
      is('hash', '0011223344'),
      is('hash', '85114a0d'),
      is('hash', '0d4a1185'),
      is('model', '7'),
      is('version', '71'),
      is('downloads', '1000'),
    ]) {
      assert.equal(holds(node, model), true, JSON.stringify(node));
    }
    for (const node of [
      is('type', 'LoCon'),
      is('base', 'SDXL'),
      is('family', 'flux'),
      is('family', ''),
      is('format', 'gguf'),
      is('category', 'base'),
      is('hash', '0011'),
      is('model', ''),
      is('version', '7'),
    ]) {
      assert.equal(holds(node, model), false, JSON.stringify(node));
    }
  });

  it('that strangers chose are compared as written, but for case and width', () => {
    const model = modelOf({});
    assert.equal(holds(is('tag', 'ＳＴＹＬＥ'), model), true);
    assert.equal(holds(is('tag', 'basemodel'), model), false);
    assert.equal(holds(is('creator', 'Sea_Side'), model), true);
    assert.equal(holds(is('creator', 'seaside'), model), false);
    assert.equal(holds(is('words', 'GLOW'), model), true);
    assert.equal(holds(is('words', 'lantern'), model), false);
  });

  it('nobody gave match nothing', () => {
    const model = modelOf({ creator: null, modelVersions: [version({ baseModel: null })] });
    assert.equal(holds(is('creator', ''), model), false);
    assert.equal(holds(is('base', ''), model), false);
  });
});

describe('free text', () => {
  it('needs every word somewhere, as a part of what stands there', () => {
    const model = modelOf({});
    for (const words of ['LANTERN', '提灯', '灯 candle', 'glow sea_side', '和風 v2', 'candle & more', '']) {
      assert.equal(holds(text(words), model), true, words);
    }
    assert.equal(holds(text('lantern harbour'), model), false);
    assert.equal(holds(text('<b>'), model), false);
  });

  it('as a phrase stands there in one piece', () => {
    const model = modelOf({});
    assert.equal(holds(text('one candle', true), model), true);
    assert.equal(holds(text('candle one', true), model), false);
    assert.equal(holds(text('candle one'), model), true);
  });

  it('of one field is not looked for elsewhere', () => {
    const model = modelOf({});
    assert.equal(holds(text('candle', false, 'name'), model), false);
    assert.equal(holds(text('glow', false, 'words'), model), true);
  });
});

describe('numbers and dates', () => {
  it('include both ends', () => {
    const model = modelOf({});
    assert.equal(holds(range('downloads', 1000, 1000), model), true);
    assert.equal(holds(range('downloads', 1001, null), model), false);
    assert.equal(holds(range('likeRatio', 0.75, 0.75), model), true);
    assert.equal(holds(range('interactions', 42, 42), model), true);
    assert.equal(holds(range('size', null, 102_400), model), true);
    assert.equal(holds(range('size', 200_000, 300_000), model), false);
    const published = Date.parse('2026-11-01T00:00:00Z');
    assert.equal(holds(range('published', published, published), model), true);
    assert.equal(holds(range('seen', now, now), model), true);
  });

  it('nobody knows fail any bound, and so does what has no size', () => {
    const model = modelOf({ modelVersions: [version({ publishedAt: null, files: [] })] });
    for (const field of ['buzz', 'published', 'size', 'type'] as const) {
      assert.equal(holds(range(field, null, null), model), false, field);
      assert.equal(holds({ kind: 'not', node: range(field, 0, null) }, model), true, field);
    }
    const fresh = modelOf({ stats: null });
    for (const field of ['downloads', 'likes', 'likeRatio', 'interactions'] as const) {
      assert.equal(holds(range(field, 0, null), fresh), false, field);
    }
    const unjudged = modelOf({ stats: { thumbsUpCount: 0, thumbsDownCount: 0 } });
    assert.equal(holds(range('likeRatio', 0, null), unjudged), false);
  });

  it('of an update are those of the newest version', () => {
    const model = modelOf({ modelVersions: [version({}), version({ id: 70, publishedAt: '2026-11-20T00:00:00Z' })] });
    assert.equal(holds(range('updated', Date.parse('2026-11-20T00:00:00Z'), null), model), true);
    assert.equal(holds(range('published', Date.parse('2026-11-20T00:00:00Z'), null), model), false);
  });
});

describe('licences, gates and ratings', () => {
  it('grant what was said and nothing else', () => {
    const model = modelOf({});
    assert.equal(holds(is('license', 'image'), model), true);
    assert.equal(holds(is('license', 'rent-civit'), model), true);
    assert.equal(holds(is('license', 'no-credit'), model), true);
    for (const right of ['rent', 'sell', 'derivatives', 'different-license']) {
      assert.equal(holds(is('license', right), model), false, right);
    }
    const silent = modelOf({ allowCommercialUse: null, allowNoCredit: null });
    assert.equal(holds(is('license', 'image', 'no-credit'), silent), false);
  });

  it('open at their hour', () => {
    const gated = modelOf({
      modelVersions: [version({ paidAccess: { permanent: false, endsAt: '2026-11-23T00:00Z' } })],
    });
    const [first] = gated.versions;
    assert.ok(first);
    assert.equal(holds(is('access', 'early'), gated), true);
    const later = Date.parse('2026-11-24T00:00:00Z');
    assert.equal(matches(is('access', 'open'), { model: gated, version: first }, later), true);
    const closed = modelOf({ modelVersions: [version({ usageControl: 'Generation' })] });
    assert.equal(holds(is('access', 'open', 'early'), closed), false);
    assert.equal(holds(is('state', 'taken down'), modelOf({ mode: 'TakenDown' })), true);
  });

  it('rate a version by itself and by its model', () => {
    assert.equal(holds(is('nsfw', 'adult'), modelOf({ nsfw: true })), true);
    assert.equal(holds(is('nsfw', 'adult'), modelOf({ modelVersions: [version({ nsfwLevel: 16 })] })), true);
    assert.equal(holds(is('nsfw', 'safe', 'adult'), modelOf({ nsfw: true, minor: true })), false);
  });
});

describe('trees', () => {
  it('hold for one version at a time, first in the creator’s order', () => {
    const model = modelOf({
      modelVersions: [
        version({ id: 73, baseModel: 'Pony' }),
        version({ id: 72, publishedAt: '2024-01-01T00:00:00Z' }),
        version({ id: 71 }),
      ],
    });
    const recent = range('published', Date.parse('2026-01-01T00:00:00Z'), null);
    const both: QueryNode = { kind: 'all', nodes: [is('base', 'SDXL 1.0'), recent] };
    assert.deepEqual(
      matchingVersions(both, model, now).map(({ versionId }) => versionId),
      [71],
    );
    const either: QueryNode = { kind: 'any', nodes: [is('base', 'Pony'), { kind: 'not', node: recent }] };
    assert.deepEqual(
      matchingVersions(either, model, now).map(({ versionId }) => versionId),
      [73, 72],
    );
  });

  it('without branches: all of nothing holds, any of nothing does not', () => {
    assert.equal(holds({ kind: 'all', nodes: [] }, modelOf({})), true);
    assert.equal(holds({ kind: 'any', nodes: [] }, modelOf({})), false);
  });
});
