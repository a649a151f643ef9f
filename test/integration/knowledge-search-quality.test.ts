import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { forEachDatabase } from '#stand-ins/databases';

import {
  importQualityTexts,
  type MeasuredQuery,
  measureSearch,
} from '../../src/domains/knowledge/testing/measure-search.ts';
import { everyReader, type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';
import { summarised } from '../../src/engines/lexis/testing/quality-measure.ts';
import { readQualityQueries, readQualityTexts } from '../../src/engines/lexis/testing/quality-set.ts';

describe('the labelled set', () => {
  it('is large enough, and every judgement names a text', () => {
    for (const { set, fewestTexts, fewestQueries } of [
      { set: 'first', fewestTexts: 320, fewestQueries: 170 },
      { set: 'everyday', fewestTexts: 120, fewestQueries: 80 },
    ] as const) {
      const ids = new Set(readQualityTexts(set).map(({ id }) => id));
      const queries = readQualityQueries(set);
      assert.ok(ids.size >= fewestTexts && queries.length >= fewestQueries, set);
      for (const { text, grades, forbidden } of queries) {
        assert.ok(grades.size > 0 && [...grades.keys(), ...forbidden].every((id) => ids.has(id)), text);
      }
    }
  });
});

forEachDatabase((databases) => {
  describe('search over the labelled set', () => {
    let open: OpenKnowledge;
    let measured: readonly MeasuredQuery[];
    before(async () => {
      open = await openKnowledge(await databases.freshUrl());
      await importQualityTexts(open.knowledge);
      measured = await measureSearch(open.knowledge);
    });
    after(() => open[Symbol.asyncDispose]());

    for (const part of ['dev', 'held-out'] as const) {
      it(`finds what was judged relevant, in a good order (${part})`, () => {
        const some = measured.filter(({ query }) => query.part === part);
        const quality = summarised(some.map(({ quality: ofQuery }) => ofQuery));
        const { recall, mrr, ndcg, firstThree, withoutHit, forbidden } = quality;
        const isGood = recall >= 0.99 && mrr >= 0.99 && ndcg >= 0.97 && firstThree >= 0.93;
        assert.ok(isGood, JSON.stringify(quality));
        assert.deepEqual({ withoutHit, forbidden }, { withoutHit: 0, forbidden: 0 });
      });
    }

    it('explains a score by its parts, which add up to it', async () => {
      const { hits } = await open.knowledge.search(everyReader, { q: '京都', limit: 10, explain: true });
      const first = hits.slice(0, 2).map(({ externalId }) => externalId);
      assert.deepEqual(new Set(first), new Set(['kyoto-move', 'line-kyoto']));
      for (const { score, parts } of hits) {
        const sum = Object.values(parts ?? {}).reduce((total, part) => total + part, 0);
        assert.ok(Math.abs(sum - score) < 1e-3, `${score} ${JSON.stringify(parts)}`);
      }
    });

    it('says when a question was answered by texts that hold some of its words only', async () => {
      const { matched, hits } = await open.knowledge.search(everyReader, {
        q: 'ノートパソコンにコーヒーをこぼした',
        limit: 3,
      });
      assert.deepEqual([matched, hits[0]?.externalId], ['fragments', 'laptop-keyboard']);
    });

    it('mends a misspelt katakana word and says so', async () => {
      const { corrections } = await open.knowledge.search(everyReader, { q: 'ランサムウエイ', limit: 3 });
      assert.deepEqual(corrections, [{ from: 'ランサムウエイ', to: 'ランサムウェア' }]);
    });
  });
});
