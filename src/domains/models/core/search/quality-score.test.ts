import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { DAY } from '#kernel/units';

import { defaultQualityWeights, type QualityFacts, scoreQuality } from './quality-score.ts';

const nothing: QualityFacts = {
  likes: null,
  downloads: null,
  comments: null,
  isSafe: false,
  tags: [],
  publishedMs: null,
};
const count = fc.option(fc.nat({ max: 5_000_000 }), { nil: null });
const anyFacts = fc.record({
  likes: count,
  downloads: count,
  comments: count,
  isSafe: fc.boolean(),
  tags: fc.subarray(['art', 'General', 'high quality', 'moss']),
  publishedMs: fc.option(fc.nat(), { nil: null }),
});

describe('the quality score', () => {
  it('is nothing for a model of which nothing is known, and full for one that has everything', () => {
    assert.equal(scoreQuality(nothing).score, 0);
    const best = { ...nothing, likes: 300_000, downloads: 1_000_000, comments: 9000 };
    assert.equal(scoreQuality(best).score, 100);
  });

  it('adds small bonuses for what is safe, and for tags of style, general use and quality', () => {
    assert.equal(scoreQuality({ ...nothing, isSafe: true }).score, 2);
    for (const tags of [['Style'], ['ＧＥＮＥＲＡＬ'], ['High  Quality'], ['art', 'style']]) {
      assert.equal(scoreQuality({ ...nothing, tags }).score, 1, tags.join());
    }
    assert.equal(scoreQuality({ ...nothing, tags: ['art', 'general', 'masterpiece', 'generals'] }).score, 3);
  });

  it('is the sum of its parts up to a hundred, and each stays within its weight', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { score, parts } = scoreQuality(facts);
        const sum = parts.reduce((points, { value }) => points + value, 0);
        assert.ok(Math.abs(score - Math.min(100, sum)) < 0.02);
        for (const { value, weight } of parts) assert.ok(value >= 0 && value <= weight);
      }),
    );
  });

  it('grows with every like', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat({ max: 100_000 }), (facts, more) => {
        const better = { ...facts, likes: (facts.likes ?? 0) + more };
        assert.ok(scoreQuality(better).score >= scoreQuality(facts).score);
      }),
    );
  });

  it('follows the weights it is given', () => {
    const facts = { ...nothing, likes: 1000, downloads: 100_000 };
    const weights = { ...defaultQualityWeights, likes: 0, engagement: 0, downloads: 100 };
    const { score, parts } = scoreQuality(facts, { weights });
    assert.equal(parts.find(({ name }) => name === 'likes')?.value, 0);
    assert.ok(score > 80 && score < 85, String(score));
  });

  it('counts per year of age when asked, so that a young model can win', () => {
    const now = 2000 * DAY;
    const old = { ...nothing, likes: 2000, downloads: 20_000, publishedMs: now - 1800 * DAY };
    const young = { ...nothing, likes: 1500, downloads: 15_000, publishedMs: now - 60 * DAY };
    const options = { weights: defaultQualityWeights, perYearAt: now };
    assert.ok(scoreQuality(old).score > scoreQuality(young).score);
    assert.ok(scoreQuality(old, options).score < scoreQuality(young, options).score);
  });
});
