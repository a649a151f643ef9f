import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { parseQuery, type QueryNode } from './query.ts';

function shape(node: QueryNode | undefined): string {
  if (node === undefined) return 'nothing';
  switch (node.kind) {
    case 'not':
      return `not ${shape(node.node)}`;
    case 'all':
    case 'any':
      return `${node.kind}(${node.nodes.map(shape).join(', ')})`;
    default:
      return node.kind === 'phrase' ? `"${node.text}"` : node.text;
  }
}

describe('parseQuery', () => {
  const readings: ReadonlyArray<readonly [string, string]> = [
    ['', 'nothing'],
    ['　 ', 'nothing'],
    ['VPN 障害', 'all(VPN, 障害)'],
    ['VPN　障害', 'all(VPN, 障害)'],
    ['VPN、障害。', 'all(VPN, 障害)'],
    ['"remote desktop" エラー', 'all("remote desktop", エラー)'],
    ['「接続できない」', '"接続できない"'],
    ['“no route”', '"no route"'],
    ['"unclosed phrase', '"unclosed phrase"'],
    ['VPN -障害', 'all(VPN, not 障害)'],
    ['VPN －障害', 'all(VPN, not 障害)'],
    ['-"time out"', 'not "time out"'],
    ['rsync --delete', 'all(rsync, --delete)'],
    ['self-healing', 'self-healing'],
    ['a b OR c d', 'all(a, any(b, c), d)'],
    ['a ＯＲ b | c', 'any(a, b, c)'],
    ['OR', 'OR'],
    ['a OR', 'a'],
    ['a or b', 'all(a, or, b)'],
    ['C:\\ SSL/TLS', 'all(C:\\, SSL/TLS)'],
  ];
  for (const [source, expected] of readings) {
    it(`reads ${JSON.stringify(source)} as ${expected}`, () => {
      assert.equal(shape(parseQuery(source).root), expected);
    });
  }

  it('reports what holds nothing to search for', () => {
    const { root, ignored } = parseQuery('!!! 障害 --');
    assert.equal(shape(root), '障害');
    assert.deepEqual(ignored, ['!!!', '--']);
  });

  it('reports what lies beyond the limits instead of dropping it silently', () => {
    assert.equal(parseQuery(Array.from({ length: 40 }, (_, index) => `w${index}`).join(' ')).ignored.length, 8);
    assert.deepEqual(parseQuery(`${'a'.repeat(1000)}bc`).ignored, ['bc']);
  });

  it('knows where each piece stands in the query', () => {
    const source = 'a -b 「障害」 OR "x y"';
    for (const leaf of parseQuery(source).wanted) assert.equal(source.slice(leaf.start, leaf.end), leaf.text);
    assert.deepEqual(
      parseQuery(source).wanted.map((leaf) => leaf.text),
      ['a', '障害', 'x y'],
    );
  });

  it('never throws and never loses a letter', () => {
    const odd = fc.constantFrom(...Array.from('ab障ー -"「」|OR\\:*^()#\u0000\ud83d'));
    const anything = fc.oneof(fc.string({ unit: odd, maxLength: 60 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anything, (source) => {
        const { root, ignored } = parseQuery(source);
        const kept = [...texts(root), ...ignored].join('');
        for (const letter of 'ab障') assert.equal(kept.split(letter).length, source.split(letter).length);
      }),
    );
  });
});

function texts(node: QueryNode | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.kind === 'not') return [node.node.text];
  return 'nodes' in node ? node.nodes.flatMap(texts) : [node.text];
}
