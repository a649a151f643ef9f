import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { lexisWay, measureRecall, plainWay } from './testing/fts5-recall.ts';
import { labelledQueries, labelledTexts } from './testing/labelled-set.ts';

describe('recall on the labelled set', () => {
  it('is measured on enough texts and queries, and every judgement names a text', () => {
    assert.ok(labelledTexts.length >= 60 && labelledQueries.length >= 40);
    const ids = new Set(labelledTexts.map((text) => text.id));
    assert.equal(ids.size, labelledTexts.length);
    for (const { relevant } of labelledQueries) assert.ok(relevant.length > 0 && relevant.every((id) => ids.has(id)));
  });

  it('is at least 0.97 at ten hits', () => {
    const { overall, incomplete } = measureRecall(lexisWay());
    assert.ok(overall >= 0.97, `${overall}: ${JSON.stringify(incomplete)}`);
  });

  it('tells ways of searching apart: FTS5 as it comes finds less than half', () => {
    assert.ok(measureRecall(plainWay('unicode61')).overall < 0.5);
  });
});
