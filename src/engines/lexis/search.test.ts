/** The analysis against the real FTS5: what is found, and that nothing typed is ever a syntax error. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';

import * as fc from 'fast-check';

import { indexText, ladder, parseQuery, type QueryLanguage, type Rung, toFts5 } from './index.ts';

const texts = [
  'VPN障害のため本社へ接続できない', // 1
  '障害対応手順: ファイル・サーバーの再起動', // 2
  'エラー 0x80070005 と ORA-01017 が出る', // 3
  'TLSv1.3 を有効にする C:\\Windows\\System32\\drivers', // 4
  'SD15 の file.safetensors を LoRA フォルダーへ置く', // 5
  'Restoring backups over the remote desktop failed', // 6
  '暗号キーを交換する。鍵の管理', // 7
  'キャッシュを消す C# と C 言語', // 8
  '', // 9
  '𠮷野家の請求は 1,000 円', // 10
];

const database = new DatabaseSync(':memory:');
database.exec(`CREATE VIRTUAL TABLE entry USING fts5(body, tokenize = 'unicode61')`);
const insert = database.prepare('INSERT INTO entry (rowid, body) VALUES (?, ?)');
for (const [index, text] of texts.entries()) insert.run(index + 1, indexText(text));
const language: QueryLanguage = {
  now: 0,
  fields: [
    { kind: 'scope', scope: 'body', names: ['body'] },
    { kind: 'fact', name: 'type', names: ['type'], read: (typed) => typed },
    { kind: 'days', name: 'updated', names: ['updated'] },
  ],
};
const select = database.prepare('SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid');

function find(query: string, rung?: Rung): readonly number[] {
  const match = toFts5(parseQuery(query), rung);
  return match === undefined ? [] : select.all(match).map((row) => Number(row['rowid']));
}

describe('a query on FTS5', () => {
  after(() => database.close());

  const findings: ReadonlyArray<readonly [query: string, ids: readonly number[]]> = [
    ['障害', [1, 2]],
    ['VPN 障害', [1]],
    ['VPN障害', [1]],
    ['障', [1, 2]],
    ['鍵', [7]],
    ['円', [10]],
    ['サーバ', [2]],
    ['ふぁいるさーば', [2]],
    ['ﾌｧｲﾙｻｰﾊﾞｰ', [2]],
    ['フォルダ', [5]],
    ['0x80070005', [3]],
    ['80070005', [3]],
    ['ORA-01017', [3]],
    ['ora 01017', [3]],
    ['tlsv1.3', [4]],
    ['TLS 1.3', [4]],
    ['C:\\Windows', [4]],
    ['system32', [4]],
    ['SD 15', [5]],
    ['safetensors', [5]],
    ['file.safetensors', [5]],
    ['restore backup', [6]],
    ['"desktop remote"', []],
    ['"remote desktop"', [6]],
    ['キー', [7]],
    ['C#', [8]],
    ['障害 -VPN', [2]],
    ['鍵 OR エラー', [3, 7]],
    ['-障害', [3, 4, 5, 6, 7, 8, 9, 10]],
    ['鍵 OR -の', [3, 4, 6, 7, 8, 9]],
    ['𠮷野', [10]],
    ['𠮷', [10]],
    ['1000', [10]],
    ['害対', [2]],
    ['社接', []],
  ];
  for (const [query, ids] of findings) {
    it(`finds for ${query}: ${ids.length === 0 ? 'nothing' : ids.join(', ')}`, () => {
      assert.deepEqual(find(query), ids);
    });
  }

  it('loosens by rung: the words of a sentence, then any of its fragments', () => {
    assert.deepEqual(find('本社に接続する'), []);
    assert.deepEqual(find('本社に接続する', 'words'), [1]);
    assert.deepEqual(find('VPN装置の交換', 'words'), []);
    assert.deepEqual(find('VPN装置の交換', 'fragments'), [1, 7]);
  });

  it('holds quotes and exclusions on every rung', () => {
    assert.deepEqual(find('"障害対応" VPN 再起動', 'fragments'), [2]);
    assert.deepEqual(find('障害 交換 -手順', 'fragments'), [1, 7]);
  });

  it('offers only rungs that differ', () => {
    assert.deepEqual(
      ladder(parseQuery('"remote desktop"'), toFts5).map((step) => step.rung),
      ['phrase'],
    );
    assert.deepEqual(
      ladder(parseQuery('remote desktop'), toFts5).map((step) => step.rung),
      ['phrase', 'some'],
    );
    assert.deepEqual(ladder(parseQuery(' '), toFts5), []);
  });

  it('is never a syntax error, whatever was typed', () => {
    const odd = fc.constantFrom(...Array.from('aAnR障害サー々 　-"*^(){}:+,.\'\\/|ORNEAT\u0000\ud842ヿ𠮷🔥'));
    const operators = fc.constantFrom(
      'AND',
      'OR',
      'NOT',
      'NEAR(a b)',
      'body:',
      'body:障害',
      'title:"a b"',
      'updated:2026-01..',
      'type:x',
      'NOT (',
      ') OR',
      '"',
      '-',
      '* ',
      '^a',
      '障害',
      ';--',
      '😀',
    );
    const typed = fc.oneof(
      fc.string({ unit: odd, maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(operators, { maxLength: 60 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(typed, (source) => {
        for (const step of ladder(parseQuery(source, language), toFts5)) select.all(step.match);
      }),
      { numRuns: 500 },
    );
  });

  it('finds every piece of a text that it indexed', () => {
    const unit = fc.constantFrom(...Array.from('障害対応サーバァVPNab1 -.。々'));
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 30 }), fc.nat(30), fc.nat(30), (text, from, to) => {
        const japanese = text.replace(/[^障害対応]/g, '');
        const piece = japanese.slice(Math.min(from, to), Math.max(from, to));
        if (piece === '') return;
        insert.run(99, indexText(japanese));
        try {
          assert.ok(find(piece).includes(99), `${piece} in ${japanese}`);
        } finally {
          database.exec('DELETE FROM entry WHERE rowid = 99');
        }
      }),
    );
  });
});

describe('indexText', () => {
  it('is seen by unicode61 as exactly one token per term', () => {
    const vocabulary = new DatabaseSync(':memory:');
    vocabulary.exec(`CREATE VIRTUAL TABLE entry USING fts5(body, tokenize = 'unicode61')`);
    vocabulary.exec(`CREATE VIRTUAL TABLE token USING fts5vocab(entry, instance)`);
    const put = vocabulary.prepare('INSERT INTO entry (rowid, body) VALUES (1, ?)');
    const tokens = vocabulary.prepare('SELECT term FROM token ORDER BY offset');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        put.run(indexText(text));
        assert.equal(
          tokens
            .all()
            .map((row) => String(row['term']))
            .join(' '),
          indexText(text),
        );
        vocabulary.exec('DELETE FROM entry');
      }),
      { numRuns: 300 },
    );
    vocabulary.close();
  });
});
