import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { patternSnippet } from './pattern-snippet.ts';
import { parseQuery } from './query.ts';
import { highlights, snippet } from './snippet.ts';

function marked(text: string, query: string): readonly string[] {
  return highlights(text, parseQuery(query)).map(({ start, end }) => text.slice(start, end));
}

describe('highlights', () => {
  const cases: ReadonlyArray<readonly [text: string, query: string, marks: readonly string[]]> = [
    ['本社のｻｰﾊﾞｰが停止', 'サーバ', ['ｻｰﾊﾞｰ']],
    ['VPN障害とVPN 障害', 'VPN障害', ['VPN障害', 'VPN 障害']],
    ['Restored backups', 'restoring backup', ['Restored', 'backups']],
    ['鍵を交換、鍵穴', '鍵', ['鍵', '鍵']],
    ['エラー 0x80070005。', '0x80070005', ['0x80070005']],
    ['ORA-01017: invalid', 'ora-01017', ['ORA-01017']],
    ['本社で接続に失敗', '本社に接続', ['本社', '接続']],
    ['障害 VPN', '障害 -VPN', ['障害']],
    ['無関係', 'VPN', []],
  ];
  for (const [text, query, marks] of cases) {
    it(`marks ${marks.join(', ') || 'nothing'} in 「${text}」 for ${query}`, () => {
      assert.deepEqual(marked(text, query), marks);
    });
  }
});

describe('snippet', () => {
  const filler = 'ここには関係のない文が続きます。'.repeat(30);

  it('shows the stretch that holds the most of the query', () => {
    const text = `VPNの話。${filler}本社のVPN障害では証明書の期限切れが原因でした。${filler}`;
    const shown = snippet(text, parseQuery('VPN 証明書'), { length: 60 });
    assert.match(shown.text, /本社のVPN障害では証明書/);
    assert.deepEqual(
      shown.ranges.map(({ start, end }) => shown.text.slice(start, end)),
      ['VPN', '証明書'],
    );
    assert.equal(text.slice(shown.source.start, shown.source.end), shown.text);
  });

  it('shows the beginning when nothing matches or nothing was asked', () => {
    for (const query of ['zzz', '']) {
      const shown = snippet(filler, parseQuery(query), { length: 20 });
      assert.deepEqual(shown, { text: filler.slice(0, 20), source: { start: 0, end: 20 }, ranges: [] });
    }
  });

  it('keeps to its length, whole characters and ordered marks for any text', () => {
    const unit = fc.constantFrom(...Array.from('障害サーバab 𠮷。-'));
    const any = fc.oneof(fc.string({ unit, maxLength: 200 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(any, any, fc.integer({ min: 4, max: 80 }), (text, query, length) => {
        const shown = snippet(text, parseQuery(query), { length });
        assert.ok(shown.text.length <= length + 1);
        assert.ok(shown.text.isWellFormed());
        let before = 0;
        for (const { start, end } of shown.ranges) {
          assert.ok(before <= start && start < end && end <= shown.text.length);
          before = end;
        }
      }),
    );
  });
});

describe('an excerpt by patterns', () => {
  it('marks words where the compatibility form has other offsets than the text', () => {
    const text = 'ﾌﾟﾘﾝﾀｰのﾄﾞﾗｲﾊﾞｰを㍿から入れたあと、プリンターの印刷が止まった。';
    const shown = patternSnippet(text, parseQuery('プリンタ 印刷'));
    assert.deepEqual(
      shown?.ranges.map(({ start, end }) => shown.text.slice(start, end)),
      ['ﾌﾟﾘﾝﾀｰ', 'プリンター', '印刷'],
    );
  });

  it('marks the same words as the analysis, wherever they stand', () => {
    const filler = fc.string({ unit: fc.constantFrom(...Array.from('あのを、。abｶﾞ①é\n')), maxLength: 200 });
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        const text = `${before}。証明書。${after}`;
        const query = parseQuery('証明書');
        const shown = patternSnippet(text, query);
        assert.ok(shown !== undefined);
        assert.deepEqual(
          shown.ranges.map(({ start, end }) => shown.text.slice(start, end)),
          ['証明書'],
        );
        assert.equal(shown.text, text.slice(shown.source.start, shown.source.end));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves to the analysis what stands there in parts only', () => {
    assert.equal(patternSnippet('証明した書類', parseQuery('証明書')), undefined);
  });
});
