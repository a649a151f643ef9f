import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { DAY } from '#kernel/units';

import { defaultQualityWeights, type QualityFacts, scoreQuality } from './quality-score.ts';

const nothing: QualityFacts = { likes: null, downloads: null, comments: null, isSafe: false, publishedMs: null };
const count = fc.option(fc.nat({ max: 5_000_000 }), { nil: null });
const anyFacts = fc.record({
  likes: count,
  downloads: count,
  comments: count,
  isSafe: fc.boolean(),
  publishedMs: fc.option(fc.nat(), { nil: null }),
});

describe('the quality score', () => {
  it('is nothing for a model of which nothing is known, and full for one that has everything', () => {
    assert.equal(scoreQuality(nothing).score, 0);
    const best = { likes: 300_000, downloads: 1_000_000, comments: 9000, isSafe: true, publishedMs: 0 };
    assert.equal(scoreQuality(best).score, 100);
  });

  it('is the sum of its parts and stays within them', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { score, parts } = scoreQuality(facts);
        assert.ok(Math.abs(score - parts.reduce((sum, { value }) => sum + value, 0)) < 0.02);
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
