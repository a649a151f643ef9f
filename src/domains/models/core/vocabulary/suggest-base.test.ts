import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { baseModels } from './base-models.ts';
import { suggestBase } from './suggest-base.ts';

function best(text: string): string | null | undefined {
  return suggestBase(text)[0]?.base;
}

describe('the base model a text speaks of', () => {
  it('is found however it is written', () => {
    assert.equal(best('Washi style for SDXL 1.0'), 'SDXL 1.0');
    assert.equal(best('trained on sd1.5, 20 epochs'), 'SD 1.5');
    assert.equal(best('kimono_illustrious-xl_v2.safetensors'), 'Illustrious');
    assert.equal(best('NoobAI-XL 用キャラクター'), 'NoobAI');
    assert.equal(best('ポニー用の画風'), 'Pony');
    assert.equal(best('FLUX.1-dev LoRA'), 'Flux.1 D');
  });

  it('is the longest name that fits', () => {
    assert.deepEqual(
      suggestBase('for Pony V7').map(({ base }) => base),
      ['Pony V7'],
    );
    assert.equal(best('Wan 2.2 I2V motion'), 'Wan Video 2.2 I2V-A14B');
    assert.equal(best('SD 3.5 Large Turbo'), 'SD 3.5 Large Turbo');
  });

  it('is none of the words that only look like one', () => {
    for (const text of [
      'a still life, still at will',
      'found on CivitAI, by Stability and RunwayML, like Midjourney',
      'ponytail and polynomials, exhale',
      'HuggingFace',
      'other lens upscaler',
      '',
    ]) {
      assert.deepEqual(suggestBase(text), [], text);
    }
  });

  it('is only a family where a merge is named, and in doubt where several are', () => {
    assert.deepEqual(
      suggestBase('based on ChilloutMix').map(({ base, family }) => [base, family]),
      [[null, 'sd1']],
    );
    const both = suggestBase('works with SDXL 1.0 and SD 1.5');
    assert.deepEqual(new Set(both.map(({ base }) => base)), new Set(['SD 1.5', 'SDXL 1.0']));
    assert.ok(both.every(({ confidence }) => confidence < 0.5));
  });

  it('is the same every time, and never certain', () => {
    const part = fc.oneof(fc.constantFrom(...baseModels.map(({ name }) => name)), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const text = parts.join(' ');
        const found = suggestBase(text);
        assert.deepEqual(suggestBase(text), found);
        assert.ok(found.every(({ confidence }) => confidence > 0 && confidence < 0.8));
      }),
      { numRuns: 60 },
    );
  });
});
