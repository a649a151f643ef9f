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

describe('exceptions of the scan policy', () => {
  const schema = findOption('scanPolicy.rules')?.schema;

  it('may name finds of a virus scanner, whose names have dots and other signs', () => {
    for (const text of ['clamav.Win.Test.EICAR_HDB-1=ask', '', 'torch-script = pass, clamav.{HEX}php.shell/7=block']) {
      assert.equal(schema?.safeParse(text).success, true, text);
    }
    for (const text of ['clamav.X=maybe', 'clamav.X', '=ask', 'a=ask b=pass', 'a=ask,']) {
      assert.equal(schema?.safeParse(text).success, false, text);
    }
  });
});
