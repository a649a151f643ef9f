import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { droppableWords, parseQuery, regrouped, withoutWords } from './index.ts';

function regroupings(q: string): readonly string[] {
  return Array.from(regrouped(parseQuery(q)), ({ query }) => query.source);
}

describe('words written in one or apart', () => {
  it('are joined, the most first, and taken apart where a capital begins', () => {
    assert.deepEqual(regroupings('crash loop back'), ['crashloopback', 'crashloop back', 'crash loopback']);
    assert.deepEqual(regroupings('PowerBI 更新'), ['Power BI 更新']);
    const [first] = regrouped(parseQuery('power shell 棚'));
    assert.deepEqual(first?.corrections, [{ from: 'power shell', to: 'powershell' }]);
  });

  it('are left alone when quoted, excluded, in a field, Japanese or too many', () => {
    const kept = ['"power shell"', 'power -shell', 'power (shell)', '会議 資料', 'a b c d e f g', 'shell', ''];
    for (const q of kept) assert.deepEqual(regroupings(q), [], q);
  });
});

describe('words that stand nowhere', () => {
  it('are given up and told, filters and exclusions kept', () => {
    const query = parseQuery('トナー 頼み方 緊急対応 -紙');
    const absent = droppableWords(query).filter(({ text }) => text === '緊急対応');
    const rest = withoutWords(query, absent);
    assert.deepEqual(
      rest?.wanted.map(({ text }) => text),
      ['トナー', '頼み方'],
    );
    assert.deepEqual(rest?.ignored, ['緊急対応']);
    assert.ok(JSON.stringify(rest?.root).includes('"not"'));
  });

  it('are not given up when most of the query, a code, or quoted', () => {
    const query = parseQuery('alpha beta gamma');
    assert.equal(withoutWords(query, droppableWords(query).slice(0, 2)), undefined);
    assert.equal(withoutWords(query, []), undefined);
    const two = parseQuery('alpha beta');
    assert.equal(withoutWords(two, droppableWords(two).slice(1)), undefined);
    assert.deepEqual(
      droppableWords(parseQuery('error 0x80070005 "not there"')).map(({ text }) => text),
      ['error'],
    );
    assert.deepEqual(droppableWords(parseQuery('alone')), []);
  });
});
