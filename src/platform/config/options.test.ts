import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findOption } from './options.ts';

describe('the points of the quality of models', () => {
  const schema = findOption('models.qualityWeights')?.schema;
  function takes(text: string): boolean | undefined {
    return schema?.safeParse(text).success;
  }

  it('are named, and what is not named may be left out', () => {
    for (const text of ['likes=100', 'likes=40, downloads=30.5', 'safe=0']) assert.equal(takes(text), true, text);
    assert.equal(typeof schema?.parse(undefined), 'string');
  });

  it('are refused when nobody could count by them', () => {
    for (const text of [
      '',
      'likes',
      'likes=',
      'like=4',
      'likes=-1',
      'likes=1 downloads=2',
      'likes=1,',
      'likes=80,downloads=30',
    ])
      assert.equal(takes(text), false, text);
  });
});
