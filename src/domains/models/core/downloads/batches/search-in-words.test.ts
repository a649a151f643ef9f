import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { searchQuerySchema } from '../../../contract/index.ts';
import { searchInWords } from './search-in-words.ts';

describe('a search in words', () => {
  it('names what was asked for, and nothing that is as always', () => {
    const search = searchQuerySchema.parse({ query: 'lantern', type: ['LORA', 'VAE'], minDownloads: 10, nsfw: 'sfw' });
    assert.equal(searchInWords(search), '“lantern” · type: LORA, VAE · minDownloads: 10');
    assert.equal(searchInWords(searchQuerySchema.parse({ nsfw: 'all', limit: 5 })), 'nsfw: all · limit: 5');
    assert.equal(searchInWords(searchQuerySchema.parse({})), '*');
  });
});
