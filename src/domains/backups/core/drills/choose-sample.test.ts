import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createSampler, type SampledFile } from './choose-sample.ts';

const now = Date.parse('2026-11-22T00:00:00Z');

function file(name: string, size: number, modifiedMs = now): SampledFile {
  return { path: Buffer.from(name), size, modifiedMs };
}

function sample(files: readonly SampledFile[], count: number, seed: string): readonly string[] {
  const sampler = createSampler({ count, seed, now });
  for (const one of files) sampler.offer(one);
  return sampler.chosen().map(({ path }) => path.toString());
}

const many = Array.from({ length: 500 }, (_, index) => file(`small-${index}`, 100));

describe('createSampler', () => {
  it('meets the one large and the one old file among many small ones', () => {
    const files = [...many, file('model.safetensors', 8_000_000_000), file('old', 100, now - 400 * 86_400_000)];
    const chosen = sample(files, 5, 'a');
    assert.equal(chosen.length, 5);
    assert.ok(chosen.includes('model.safetensors'));
    assert.ok(chosen.includes('old'));
  });

  it('chooses the same for the same seed and others for another', () => {
    assert.deepEqual(sample(many, 10, 'a'), sample(many, 10, 'a'));
    assert.notDeepEqual(sample(many, 10, 'a'), sample(many, 10, 'b'));
  });

  it('takes everything where there is less than wanted', () => {
    assert.equal(sample(many.slice(0, 3), 10, 'a').length, 3);
    assert.deepEqual(sample([], 10, 'a'), []);
  });
});
