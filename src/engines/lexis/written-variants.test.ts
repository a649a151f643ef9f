import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseQuery, planSearch } from './index.ts';
import { withKnownCompounds, writtenVariants } from './written-variants.ts';

const pairs = [
  ['立替', '立て替え'],
  ['取消', '取り消し'],
  ['申込', '申し込み'],
  ['引継', '引き継ぎ'],
  ['組込', '組み込み'],
  ['見積', '見積もり'],
  ['打合せ', '打ち合わせ'],
  ['手続', '手続き'],
  ['七階', '7階'],
  ['二十時', '20時'],
  ['百五十円', '150円'],
] as const;

describe('the ways to write a word', () => {
  it('are made from each other', () => {
    for (const [short, long] of pairs) {
      assert.ok(writtenVariants(short).includes(long), long);
      assert.ok(writtenVariants(long).includes(short), short);
      for (const form of writtenVariants(short)) assert.ok(writtenVariants(form).includes(short), form);
    }
    assert.deepEqual(writtenVariants('二〇階'), ['20階']);
    assert.deepEqual(writtenVariants('１２階'), ['十二階']);
  });

  it('are none of other words', () => {
    const others = [
      '障害',
      '取得',
      '取らない',
      '立',
      '',
      '取り消す',
      'constructor',
      '取り消し手続き',
      '一般',
      '十百階',
    ];
    for (const word of [...others, '〇階', '0階', '7', '1200階', '百'.repeat(5000)])
      assert.deepEqual(writtenVariants(word), [], word.slice(0, 20));
  });

  it('are looked for as soon as words are, not where the text must stand as typed', () => {
    function asked(q: string, rung: 'phrase' | 'words'): string {
      return JSON.stringify(planSearch(parseQuery(q), rung));
    }
    assert.ok(asked('立替', 'words').includes('"立テ","テ替","替エ"'));
    assert.ok(asked('立て替え 精算', 'words').includes('"立替"'));
    assert.ok(!asked('立て替え', 'phrase').includes('"立替"'));
  });

  it('join what the dictionary cut', () => {
    assert.deepEqual(
      withKnownCompounds(['会議', '打', 'ち', '合わせ', '室'], '会議打ち合わせ室', (word) => word === '打ち合わせ'),
      ['会議', '打ち合わせ', '室'],
    );
  });
});
