import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { findWord, nearestWords, plainWord } from './word-spelling.ts';

const bases = ['Illustrious', 'NoobAI', 'Pony', 'SDXL 1.0'].map((word) => ({ word, aliases: [] }));

describe('a word near to a listed one', () => {
  it('is found through missing, added, changed and swapped letters', () => {
    for (const text of ['Ilustrious', 'Illlustrious', 'Illustrioux', 'Illustriuos']) {
      assert.deepEqual(nearestWords(text, bases), ['Illustrious'], text);
    }
    assert.deepEqual(nearestWords('noobia', bases), ['NoobAI']);
  });

  it('is not made up where nothing is near', () => {
    assert.deepEqual(nearestWords('Krea', bases), []);
    assert.deepEqual(nearestWords('', bases), []);
    assert.equal(findWord('', [{ word: 'a', aliases: ['-'] }]), undefined);
  });

  it('is the word itself first, whatever was typed, and typing a lot costs no time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bases), fc.func(fc.boolean()), ({ word }, shout) => {
        const text = Array.from(word, (letter) => (shout(letter) ? letter.toUpperCase() : ` ${letter}`)).join('');
        assert.equal(nearestWords(text, bases)[0], word);
        assert.equal(findWord(text, bases)?.word, word);
      }),
    );
    assert.deepEqual(nearestWords('x'.repeat(1_000_000), bases), []);
    assert.equal(plainWord('ＳＤＸＬ　1.0'), 'sdxl10');
  });
});
