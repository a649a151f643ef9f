import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { z } from 'zod';

import { isKuraError } from '#kernel/errors';
import { defineRoute, worded } from '#platform/contract';
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
});
