import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isSentence } from './content-words.ts';
import { parseQuery } from './query.ts';
import { createRelevance, ratedWords } from './relevance.ts';
import { synonymsOf } from './synonyms.ts';

function scoreOf(query: string, { title = '題', tags = [], body = '文' }: Partial<RatedTextFields>): number {
  return createRelevance(parseQuery(query), () => 1)({ title, tags, body }).score;
}

interface RatedTextFields {
  title: string;
  tags: string[];
  body: string;
}

describe('relevance', () => {
  it('counts a word that stands for itself more than one inside another', () => {
    for (const [word, itself, inside] of [
      ['京都', '京都支店の回線', '東京都の回線'],
      ['部長', '部長の承認', '外部長期保管'],
      ['本社', '本社の回線', '日本社会の変化'],
      ['ログ', 'ログの保全', 'ブログの公開'],
      ['テスト', '復元テスト', '業務改善コンテスト'],
      ['データ', 'データの分類', 'データベースの移行'],
      ['物理', '物理の機械', '生物理科室'],
    ] as const) {
      assert.ok(scoreOf(word, { body: itself }) > scoreOf(word, { body: inside }), word);
      assert.ok(scoreOf(word, { body: itself }) > scoreOf(word, { title: inside }), `${word} in the title`);
    }
  });

  it('sees through spelling: width, kana, long marks, word forms', () => {
    for (const [word, body] of [
      ['サーバ', 'ファイルｻｰﾊﾞｰの容量'],
      ['ぷりんたー', 'プリンタの色'],
      ['queries', 'a slow query'],
      ['ORA 01017', 'it says ORA-01017.'],
      ['C#', 'a C# client'],
    ] as const) {
      assert.ok(scoreOf(word, { body }) > 0, word);
    }
    assert.equal(scoreOf('C#', { body: 'C++ and C' }), 0);
    assert.equal(scoreOf('ran', { body: 'grant' }), 0);
  });

  it('puts a title before a tag, a tag before a body, and the phrase before scattered words', () => {
    const [title, tags, body] = [{ title: '障害' }, { tags: ['障害'] }, { body: '小さな障害の話' }];
    assert.ok(scoreOf('障害', title) > scoreOf('障害', { ...tags, ...body }));
    assert.ok(scoreOf('障害', { ...tags, ...body }) > scoreOf('障害', body));
    assert.ok(
      scoreOf('証明書更新', { body: '証明書更新を行う' }) > scoreOf('証明書更新', { body: '更新した。証明書' }),
    );
    assert.ok(
      scoreOf('disk full', { body: 'disk is full' }) > scoreOf('disk full', { body: `disk ${'x '.repeat(99)}full` }),
    );
  });

  it('takes another word for less than the word itself, and for more than nothing', () => {
    const [own, other] = [scoreOf('障害', { body: '障害の話' }), scoreOf('障害', { body: 'インシデントの話' })];
    assert.ok(own > other && other > 0);
    assert.ok(synonymsOf('サインイン').includes('ログイン') && synonymsOf('certificates').includes('証明書'));
    assert.deepEqual(synonymsOf('錦鯉'), []);
  });

  it('asks of a question only for the words that carry it', () => {
    assert.deepEqual(ratedWords(parseQuery('プリンターが動かないときはどうすればいい？')).slice(0, 1), ['プリンター']);
    assert.deepEqual(ratedWords(parseQuery('how do I restore a mailbox?')), ['restore', 'mailbox?']);
    assert.deepEqual(ratedWords(parseQuery('how to')), ['how', 'to']);
  });

  it('tells sentences from keywords', () => {
    for (const text of ['プリンターが動かないときは？', 'how do I restore a mailbox'])
      assert.ok(isSentence(parseQuery(text)));
    for (const text of ['VPN 証明書', 'ネットワーク障害', '"how do I"', 'restore mailbox', 'LoRAの強度']) {
      assert.ok(!isSentence(parseQuery(text)), text);
    }
  });
});
