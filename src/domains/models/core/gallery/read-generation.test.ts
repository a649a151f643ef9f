import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readGeneration } from './read-generation.ts';

describe('readGeneration', () => {
  it('reads texts and numbers however the program wrote them', () => {
    const meta = {
      prompt: ' a lantern ',
      seed: 3_000_000_001,
      steps: '28',
      cfgScale: 6.5,
      sampler: 'Euler a',
      Model: 'm',
    };
    assert.deepEqual(readGeneration({ meta: { ...meta, width: 832, height: '1216', negativePrompt: '' } }, false), {
      prompt: 'a lantern',
      negativePrompt: null,
      withheld: false,
      seed: '3000000001',
      sampler: 'Euler a',
      steps: 28,
      cfgScale: 6.5,
      model: 'm',
      size: '832x1216',
    });
  });

  it('keeps a negative prompt with adult words from those who did not ask for them', () => {
    const meta = { prompt: 'a lantern', negativePrompt: 'blurry, NSFW' };
    assert.deepEqual(
      [true, false].map((all) => readGeneration({ meta }, all)).map((one) => [one?.negativePrompt, one?.withheld]),
      [
        ['blurry, NSFW', false],
        [null, true],
      ],
    );
  });

  it('takes what says nothing for nothing', () => {
    assert.equal(readGeneration({ meta: null }, true), null);
    assert.equal(readGeneration({ meta: { prompt: '  ', steps: 'many', resources: [] } }, true), null);
  });
});
