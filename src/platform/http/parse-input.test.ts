import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { isKuraError } from '#kernel/errors';
import { defineRoute, mendedText, worded } from '#platform/contract';
import { createTranslators, describeError } from '#platform/i18n';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import { parseInput } from './parse-input.ts';

const route = defineRoute({
  id: 'tests.read',
  method: 'GET',
  path: '/api/v1/tests',
  access: 'models:read',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).default(1),
    every: z.string().refine((text) => text === 'day', worded('tests.too-often', 'must be day', { least: 'day' })),
  }),
  output: z.object({}),
});
const translators = createTranslators([
  {
    en: { ...en, 'tests.too-often': 'must be {least}' },
    ja: { ...ja, 'tests.too-often': '{least} にしてください' },
  },
]);

describe('parseInput', () => {
  it('names every faulty field in the language of whoever asked, by its own words where the rule has any', () => {
    for (const [language, title] of [
      ['en', /query\.limit: Too small.*; query\.every: must be day/],
      ['ja', /query\.limit: 小さすぎる.*; query\.every: day にしてください/],
    ] as const) {
      assert.throws(
        () => parseInput(route, { params: {}, query: { limit: '0', every: '5s' }, body: undefined }, language),
        (error) => isKuraError(error) && title.test(describeError(error, translators[language]).title),
      );
    }
  });

  it('refuses in every part what no database stores, whatever the schema lets through, however deep it lies', () => {
    const free = defineRoute({
      id: 'tests.write',
      method: 'POST',
      path: '/api/v1/tests/:id',
      access: 'models:read',
      output: z.object({}),
      params: z.strictObject({ id: z.string() }),
      query: z.strictObject({ q: z.string().optional() }),
      body: z.strictObject({ any: z.unknown(), mended: mendedText.optional() }),
    });
    const fine = {
      params: { id: 'a' },
      query: { q: '😀' },
      body: { any: ['\t', Buffer.from('\0')], mended: 'a\0b\ud800' },
    };
    assert.deepEqual(parseInput(free, fine, 'en').body, { ...fine.body, mended: 'a\ufffdb\ufffd' });
    assert.ok(parseInput({ ...free, judgesParts: true }, { ...fine, body: { any: '\0' } }, 'en'));
    const deep = JSON.parse(`${'['.repeat(50_000)}"\\u0000"${']'.repeat(50_000)}`) as unknown;
    const wrong: readonly (readonly [string, object])[] = [
      ['params.id', { params: { id: 'a\0' } }],
      ['query.q', { query: { q: 'half \ud83d' } }],
      ['body.any.0.x', { body: { any: [{ x: '\0' }] } }],
      ['body.any', { body: { any: { 'name\0': 1 } } }],
      [`body.any${'.0'.repeat(50_000)}`, { body: { any: deep } }],
    ];
    for (const [path, part] of wrong) {
      assert.throws(
        () => parseInput(free, { ...fine, ...part }, 'en'),
        (error) => isKuraError(error) && error.fields[0]?.path === path && error.code === 'http.invalid-input',
        path.slice(0, 60),
      );
    }
  });
});
