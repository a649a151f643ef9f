import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseQuery } from './query.ts';
import { correctQuery, createVocabulary, suggestCorrection } from './spelling.ts';

const vocabulary = createVocabulary([
  ['authentication', 4],
  ['backup', 9],
  ['server', 12],
  ['serve', 1],
  ['certificate', 3],
  ['tape', 2],
]);

describe('suggestCorrection', () => {
  const cases: ReadonlyArray<readonly [word: string, correction: string | undefined, why: string]> = [
    ['bakcup', 'backup', 'two neighbours swapped'],
    ['backp', 'backup', 'one letter missing'],
    ['bckp', undefined, 'two edits in a short word'],
    ['authentcation', 'authentication', 'one edit'],
    ['authentcaton', 'authentication', 'two edits in a long word'],
    ['backups', undefined, 'an inflection of a known word'],
    ['servr', 'server', 'the more frequent of two equally near words'],
    ['tpe', undefined, 'too short to guess'],
    ['障害対応', undefined, 'Japanese is matched by bigrams'],
    ['zzzzzz', undefined, 'nothing is near'],
  ];
  for (const [word, correction, why] of cases) {
    it(`${word} → ${correction ?? 'no change'}: ${why}`, () => {
      assert.equal(suggestCorrection(word, vocabulary), correction);
    });
  }
});

describe('correctQuery', () => {
  it('replaces unknown words where they stand and says which', () => {
    const corrected = correctQuery(parseQuery('bakcup障害 「servr」 -tpae certifcate'), vocabulary);
    assert.equal(corrected?.query.source, 'backup障害 「servr」 -tpae certificate');
    assert.deepEqual(corrected?.corrections, [
      { from: 'bakcup', to: 'backup' },
      { from: 'certifcate', to: 'certificate' },
    ]);
  });

  it('has nothing to say about a query whose words are known', () => {
    assert.equal(correctQuery(parseQuery('backup server'), vocabulary), undefined);
  });
});

describe('katakana', () => {
  const vocabulary = createVocabulary([
    ['バックアップ', 9],
    ['ネットワークスイッチ', 2],
    ['プリンター', 3],
  ]);
  function mended(text: string) {
    return correctQuery(parseQuery(text), vocabulary)?.corrections;
  }

  it('is mended where the index does not know it, whatever long marks it has', () => {
    assert.deepEqual(mended('バックアプ 世代'), [{ from: 'バックアプ', to: 'バックアップ' }]);
    assert.deepEqual(mended('古いプリンンター'), [{ from: 'プリンンター', to: 'プリンター' }]);
  });

  it('stays as it is when known, alone or inside a longer word, and inside quotes', () => {
    for (const text of ['プリンタ', 'スイッチ', '「バックアプ」', '-バックアプ'])
      assert.equal(mended(text), undefined, text);
  });
});
