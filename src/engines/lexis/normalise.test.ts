import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { normalise } from './normalise.ts';

describe('normalise', () => {
  const sameSpelling = [
    ['ｻｰﾊﾞｰ', 'サーバ', 'さーばー', 'サーバ―', 'サ－バ－'],
    ['ヴァイオリン', 'バイオリン', 'ばいおりん'],
    ['ウィルス', 'ウイルス', 'ういるす'],
    ['時々', '時時'],
    ['ファイル・サーバー', 'ファイルサーバ'],
    ['ＶＰＮ', 'vpn', 'VPN'],
    ['ﾃﾞｰﾀﾍﾞｰｽ', 'データベース'],
    ['レヴュー', 'レビュー'.replace('ビ', 'ブ')],
    ['かゞみ', 'カガミ'],
    ['Café', 'cafe'],
    ['①', '1'],
  ];
  for (const [first = '', ...others] of sameSpelling) {
    it(`writes ${others.join(', ')} like ${first}`, () => {
      for (const other of others) assert.equal(normalise(other).text, normalise(first).text);
    });
  }

  it('keeps a hyphen between Latin letters and after kanji', () => {
    assert.equal(normalise('ORA‐01017 第1-2章').text, 'ora-01017 第1-2章');
  });

  it('maps a folded character to all it stands for', () => {
    const { text, starts, ends } = normalise('ｻｰﾊﾞｰ障害');
    assert.equal(text, 'サバ障害');
    assert.deepEqual(
      [starts, ends],
      [
        [0, 2, 5, 6],
        [2, 5, 6, 7],
      ],
    );
  });

  it('maps every unit into the original, in order, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text, starts, ends } = normalise(original);
        assert.equal(starts.length, text.length);
        assert.equal(ends.length, text.length);
        for (const [index, start] of starts.entries()) {
          const end = ends[index] ?? -1;
          assert.ok(start < end && end <= original.length && start >= (starts[index - 1] ?? 0));
        }
      }),
    );
  });

  it('folds a word inside a compound as it folds it alone', () => {
    const kana = fc.string({ unit: fc.constantFrom(...Array.from('サーバァッャコドキ々')), minLength: 1 });
    fc.assert(
      fc.property(kana, kana, (before, word) => {
        const alone = normalise(`サ${word}`).text.slice(1);
        assert.ok(normalise(`${before}サ${word}`).text.endsWith(alone));
      }),
    );
  });
});
