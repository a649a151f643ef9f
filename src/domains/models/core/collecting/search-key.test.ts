import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { collectQuerySchema } from '../../contract/index.ts';
import { searchKey } from './search-key.ts';

function keyOf(query: object): string {
  return searchKey(collectQuerySchema.parse(query));
}

describe('searchKey', () => {
  it('is the same for one question in other words', () => {
    const key = keyOf({ type: ['LORA', 'Checkpoint'], tag: ['cute  girl'], query: 'neon' });
    assert.equal(keyOf({ query: ' neon ', tag: ['Cute girl', 'cute girl'], type: ['checkpoint', 'lora'] }), key);
    assert.equal(keyOf({ query: 'neon', tag: ['cute girl'], type: ['Checkpoint', 'LORA'], base: [] }), key);
    assert.equal(keyOf({ query: 'ｎｅｏｎ', tag: ['cute girl'], type: ['LORA', 'Checkpoint'], nsfw: 'sfw' }), key);
  });

  for (const other of [
    { query: 'neon', type: ['LORA'], nsfw: 'all' },
    { query: 'neo n', type: ['LORA'] },
    { query: 'neon', tag: ['LORA'] },
    { query: 'neon', type: ['LORA'], limit: 10 },
    { query: 'neon', type: ['LORA'], sort: 'Newest' },
  ]) {
    it(`differs for ${JSON.stringify(other)}`, () => {
      assert.notEqual(keyOf(other), keyOf({ query: 'neon', type: ['LORA'] }));
    });
  }
});
