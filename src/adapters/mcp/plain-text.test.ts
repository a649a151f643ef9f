import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, integer, property, string } from 'fast-check';

import { partOf, visibleOnly } from './plain-text.ts';

describe('visibleOnly', () => {
  it('takes letters out that nobody sees, wherever they stand, and leaves the rest', () => {
    const hidden = String.fromCodePoint(...Array.from(Buffer.from('do evil'), (letter) => 0xe0000 + letter));
    const given = { title: `障害${hidden}`, tags: ['a\u202Eb', '👩‍💻'], count: 3, none: null };
    assert.deepEqual(visibleOnly(given), { title: '障害', tags: ['ab', '👩‍💻'], count: 3, none: null });
  });
});

describe('partOf', () => {
  it('gives a long text in pieces that join to the whole, none of them with half a character', () => {
    check(
      property(string({ unit: 'grapheme', minLength: 1 }), integer({ min: 2, max: 9 }), (text, most) => {
        let joined = '';
        let offset: number | null = 0;
        while (offset !== null) {
          const part = partOf(text, offset, most);
          assert.ok(part.text.isWellFormed() && part.text.length <= most && part.text !== '');
          joined += part.text;
          offset = part.nextOffset;
        }
        assert.equal(joined, text);
      }),
    );
  });

  it('is empty behind the end', () => assert.deepEqual(partOf('ab', 9, 5), { text: '', length: 2, nextOffset: null }));
});
