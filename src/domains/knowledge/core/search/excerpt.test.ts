import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseQuery } from '#engines/lexis';

import { excerptOf } from './excerpt.ts';

function marked(text: string, query: string): readonly string[] {
  const { text: shown, ranges } = excerptOf(text, parseQuery(query));
  return ranges.map(({ start, end }) => shown.slice(start, end));
}

describe('an excerpt', () => {
  const filler = '何も起きなかった日の記録。'.repeat(1000);

  it('is taken from where the words stand, far into a long text as well', () => {
    assert.deepEqual(marked(`${filler}最後に証明書が切れた。`, '証明書'), ['証明書']);
  });

  it('prefers the place with more of the words', () => {
    assert.deepEqual(marked(`VPNだけ。${filler}VPNの証明書が切れた。`, 'VPN 証明書'), ['VPN', '証明書']);
  });

  it('finds words wherever a chunk may end', () => {
    for (let before = 560; before < 840; before += 1) {
      assert.deepEqual(marked(`${'あ'.repeat(before)}。VPN証明書。`, '"VPN証明書"'), ['VPN証明書'], String(before));
    }
  });

  it('begins at the start when there is nothing to show', () => {
    assert.ok(excerptOf(`題。${filler}`, parseQuery('')).text.startsWith('題。'));
  });

  it('never shows half a character', () => {
    const { text } = excerptOf('𠮷'.repeat(2000), parseQuery('野'));
    assert.ok(text.isWellFormed());
  });
});
