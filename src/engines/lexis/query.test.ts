import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { parseQuery } from './query.ts';
import type { QueryLanguage } from './query-fields.ts';
import type { QueryNode } from './query-node.ts';

function shape(node: QueryNode | undefined): string {
  if (node === undefined) return 'nothing';
  switch (node.kind) {
    case 'not':
      return `not ${shape(node.node)}`;
    case 'all':
    case 'any':
      return `${node.kind}(${node.nodes.map(shape).join(', ')})`;
    case 'fact':
      return `${node.name}=${node.values.join('|')}`;
    case 'days':
      return `${node.name} ${node.from ?? ''}..${node.to ?? ''}`;
    default:
      return `${node.scope === undefined ? '' : `${node.scope}:`}${node.kind === 'phrase' ? `"${node.text}"` : node.text}`;
  }
}

const language: QueryLanguage = {
  now: Date.UTC(2026, 10, 22, 12),
  fields: [
    { kind: 'scope', scope: 'title', names: ['title', '題名'] },
    {
      kind: 'fact',
      name: 'type',
      names: ['type', '種類'],
      read: (typed) => ['incident', 'change'].find((known) => known === typed.toLowerCase()),
    },
    { kind: 'days', name: 'updated', names: ['updated', '更新'] },
  ],
};

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

  const groups: ReadonlyArray<readonly [string, string]> = [
    ['(a b) OR c', 'any(all(a, b), c)'],
    ['a (b OR c) -(d e)', 'all(a, any(b, c), not all(d, e))'],
    ['NOT a', 'not a'],
    ['NOT NOT a', 'a'],
    ['a AND b', 'all(a, b)'],
    ['（障害　停電） | 漏水', 'any(all(障害, 停電), 漏水)'],
    ['saber_(fate) :-) f(x)', 'all(saber_(fate), f(x))'],
    ['a) b', 'all(a), b)'],
    ['()', 'nothing'],
    ['(a b', 'all(a, b)'],
    ['-', 'nothing'],
    ['a OR OR b', 'any(a, b)'],
  ];
  for (const [source, expected] of groups) {
    it(`groups ${JSON.stringify(source)} as ${expected}`, () => {
      assert.equal(shape(parseQuery(source).root), expected);
    });
  }

  const fields: ReadonlyArray<readonly [string, string]> = [
    ['title:VPN', 'title:VPN'],
    ['題名：「証明書の期限」', 'title:"証明書の期限"'],
    ['title:a,b', 'any(title:a, title:b)'],
    ['type:incident,Change VPN', 'all(type=incident|change, VPN)'],
    ['種類: change', 'type=change'],
    ['-type:change', 'not type=change'],
    ['updated:2026-01..2026-03', 'updated 20260101..20260331'],
    ['更新：＞＝2026-01', 'updated 20260101..'],
    ['updated:7d', 'updated 20261115..'],
    ['(type:incident OR updated:2026) VPN', 'all(any(type=incident, updated 20260101..20261231), VPN)'],
    ['"type:incident"', '"type:incident"'],
    ['title:', 'title:'],
    ['https://x.y/z 12:30', 'all(https://x.y/z, 12:30)'],
  ];
  for (const [source, expected] of fields) {
    it(`reads the fields of ${JSON.stringify(source)} as ${expected}`, () => {
      assert.equal(shape(parseQuery(source, language).root), expected);
    });
  }

  const mistakes: ReadonlyArray<readonly [string, string, string]> = [
    ['server:nas', 'server:nas', 'unknown-field'],
    ['type:problem', 'type:problem', 'unreadable-value'],
    ['updated:soon', 'updated:soon', 'unreadable-value'],
    ['updated:2026-02-30', 'updated:2026-02-30', 'unreadable-value'],
    ['updated:2026-03..2026-01', 'updated:2026-03..2026-01', 'unreadable-value'],
    ['"half a phrase', '"half a phrase', 'unclosed-quote'],
    ['(a b', '(', 'unclosed-group'],
    ['a OR', 'OR', 'nothing-to-join'],
    ['OR a', 'OR', 'nothing-to-join'],
    ['a NOT', 'NOT', 'nothing-to-join'],
  ];
  for (const [source, text, reason] of mistakes) {
    it(`says of ${JSON.stringify(source)}: ${reason}`, () => {
      assert.deepEqual(parseQuery(source, language).literal, [{ text, reason }]);
      assert.ok(parseQuery(source, language).wanted.length > 0);
    });
  }

  it('goes no deeper than it says, and loses none of the words', () => {
    const { root, literal } = parseQuery(`${'('.repeat(40)}a${')'.repeat(40)} b`);
    assert.equal(shape(root), 'all(a, b)');
    assert.ok(literal.some(({ reason }) => reason === 'too-deep'));
  });

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
  if (node.kind === 'not') return texts(node.node);
  if ('nodes' in node) return node.nodes.flatMap(texts);
  return 'text' in node ? [node.text] : [];
}
