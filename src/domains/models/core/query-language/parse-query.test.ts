import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { DAY, MIB } from '#kernel/units';

import { queryEn } from '../../messages/query.en.ts';
import { queryJa } from '../../messages/query.ja.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import type { QueryField, QueryNode } from './query-node.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

function parsed(text: string): QueryNode {
  const result = parseQuery(text, now);
  assert.ok('node' in result, `${text}: ${'error' in result ? result.error.message : ''}`);
  return result.node;
}

function faultOf(text: string) {
  const result = parseQuery(text, now);
  assert.ok('error' in result, text);
  return result.error;
}

function words(text: string): QueryNode {
  return { kind: 'text', field: 'text', text, exact: false };
}

function is(field: QueryField, ...values: string[]): QueryNode {
  return { kind: 'is', field, values };
}

function range(field: QueryField, min: number | null, max: number | null): QueryNode {
  return { kind: 'range', field, min, max };
}

describe('words', () => {
  it('stay the text they are, whatever stands in them', () => {
    for (const text of [
      'paper lantern',
      'https://civitai.com/models/4201/lanterns?modelVersionId=71&type=Model',
      'urn:air:sdxl:lora:civitai:4201@71',
      'note: 12:30 C:\\models',
      'saber_(fate) :) ;-) ^_^ 🏮🏮',
      '5" a-b --dry-run - & and or not',
      '和風の提灯、赤い',
      '1,000 <lora:lantern:0.8>',
    ]) {
      assert.deepEqual(parsed(text), words(text), text);
    }
    assert.deepEqual(parsed('  紙　提灯 '), words('紙 提灯'));
    assert.deepEqual(parsed(''), { kind: 'all', nodes: [] });
  });

  it('in quotes of either language stand there as written', () => {
    for (const text of [
      '"paper lantern"',
      '“paper lantern”',
      '「paper lantern」',
      '『paper lantern』',
      '＂paper lantern＂',
    ]) {
      assert.deepEqual(parsed(text), { kind: 'text', field: 'text', text: 'paper lantern', exact: true }, text);
    }
    assert.deepEqual(parsed('"type:lora"'), { kind: 'text', field: 'text', text: 'type:lora', exact: true });
  });
});

describe('signs', () => {
  it('join, deny and group; OR binds tighter than the blank', () => {
    const either: QueryNode = { kind: 'any', nodes: [words('b'), words('c')] };
    assert.deepEqual(parsed('a b OR c'), { kind: 'all', nodes: [words('a'), either] });
    assert.deepEqual(parsed('a AND (b OR c)'), { kind: 'all', nodes: [words('a'), either] });
    assert.deepEqual(parsed('b | c'), either);
    assert.deepEqual(parsed('(a b) OR c'), { kind: 'any', nodes: [words('a b'), words('c')] });
    assert.deepEqual(parsed('-a'), { kind: 'not', node: words('a') });
    assert.deepEqual(parsed('NOT (a b)'), { kind: 'not', node: words('a b') });
    assert.deepEqual(parsed('NOT -a'), words('a'));
    assert.deepEqual(parsed('a -tag:anime'), {
      kind: 'all',
      nodes: [words('a'), { kind: 'not', node: is('tag', 'anime') }],
    });
    assert.deepEqual(parsed('(saber_(fate) OR x)'), { kind: 'any', nodes: [words('saber_(fate)'), words('x')] });
  });

  it('are understood in full width', () => {
    assert.deepEqual(parsed('（タグ：「和風」　OR　種類：ＬＯＲＡ）　ダウンロード：＞１０００'), {
      kind: 'all',
      nodes: [{ kind: 'any', nodes: [is('tag', '和風'), is('type', 'LORA')] }, range('downloads', 1001, null)],
    });
    assert.deepEqual(parsed('－アニメ'), { kind: 'not', node: words('アニメ') });
    assert.deepEqual(parsed('いいね：10～50'), range('likes', 10, 50));
  });
});

describe('fields', () => {
  it('take one value or several, spelled as the site spells them', () => {
    assert.deepEqual(parsed('type:lora,embedding'), is('type', 'LORA', 'TextualInversion'));
    assert.deepEqual(parsed('type: lora, lycoris'), is('type', 'LORA', 'LoCon'));
    assert.deepEqual(parsed('base:"SDXL 1.0",pony'), is('base', 'SDXL 1.0', 'Pony'));
    assert.deepEqual(parsed('base:family:sdxl,pony'), {
      kind: 'any',
      nodes: [is('family', 'sdxl'), is('base', 'Pony')],
    });
    assert.deepEqual(parsed('tag:(hololive),saber_(fate)'), is('tag', '(hololive)', 'saber_(fate)'));
    assert.deepEqual(parsed('license:allowDerivatives,RentCivit'), is('license', 'derivatives', 'rent-civit'));
    assert.deepEqual(parsed('category:キャラ nsfw:sfw'), {
      kind: 'all',
      nodes: [is('category', 'character'), is('nsfw', 'safe')],
    });
    assert.deepEqual(parsed('name:lantern'), { kind: 'text', field: 'name', text: 'lantern', exact: false });
    assert.deepEqual(parsed('words:"paper lantern"'), {
      kind: 'text',
      field: 'words',
      text: 'paper lantern',
      exact: true,
    });
  });

  it('compare numbers and sizes', () => {
    for (const [text, node] of [
      ['downloads:>1000', range('downloads', 1001, null)],
      ['downloads: >= 1,000', range('downloads', 1000, null)],
      ['downloads:<10k', range('downloads', null, 9999)],
      ['ダウンロード数:>=1万', range('downloads', 10_000, null)],
      ['likes:10..50', range('likes', 10, 50)],
      ['likes:..50', range('likes', null, 50)],
      ['comments:5', range('comments', 5, 5)],
      ['buzz:*', range('buzz', null, null)],
      ['size:<=200MB', range('size', null, 200_000_000)],
      ['size:1MiB..2MiB', range('size', MIB, 2 * MIB)],
      ['like-ratio:>=90%', range('likeRatio', 0.9, null)],
      ['model:4201,007', is('model', '4201', '7')],
      ['version:>2000000', range('version', 2_000_001, null)],
    ] as const) {
      assert.deepEqual(parsed(text), node, text);
    }
  });

  it('compare dates: a day is all of it, a span counts back from now', () => {
    const day = Date.parse('2026-01-31T00:00:00Z');
    for (const [text, node] of [
      ['published:2026-01-31', range('published', day, day + DAY - 1)],
      ['published:>2026-01-31', range('published', day + DAY, null)],
      ['published:<=2026-01-31', range('published', null, day + DAY - 1)],
      ['published:<2026/1/31', range('published', null, day - 1)],
      ['更新日:2026-01', range('updated', day - 30 * DAY, day + DAY - 1)],
      ['published:30d', range('published', now - 30 * DAY, null)],
      ['published:60d..30d', range('published', now - 60 * DAY, now - 30 * DAY)],
      ['seen:2026-01-31T00:00:00+09:00..', range('seen', day - DAY * 0.375, null)],
    ] as const) {
      assert.deepEqual(parsed(text), node, text);
    }
  });
});

describe('mistakes', () => {
  it('are told with their place and an example', () => {
    for (const [text, code, params] of [
      ['lantern "paper', 'unclosed-quote', { position: 9 }],
      ['提灯 (紙 OR 木', 'unclosed-group', { position: 4 }],
      ['a ()', 'empty-group', { position: 3 }],
      ['OR a', 'operand-missing', { position: 1, sign: 'OR' }],
      ['a OR', 'operand-missing', { position: 3, sign: 'OR' }],
      ['a OR AND b', 'operand-missing', { position: 3, sign: 'OR' }],
      ['(a NOT)', 'operand-missing', { position: 4, sign: 'NOT' }],
      ['a type:', 'value-missing', { field: 'type', example: 'type:lora,checkpoint' }],
      ['type:(lora OR vae)', 'value-missing', { position: 6 }],
      ['tag:a,', 'value-missing', { field: 'tag' }],
      ['🏮 downloads:many', 'bad-number', { position: 3, value: 'many' }],
      ['downloads:1,00', 'bad-number', {}],
      ['like-ratio:90', 'bad-number', {}],
      ['published:2026-02-30', 'bad-date', { value: '2026-02-30' }],
      ['published:>30d', 'bad-date', {}],
      ['model:lantern', 'bad-number', { field: 'model' }],
      ['category:charcter', 'unknown-word', { words: 'character' }],
      ['nsfw:excluded', 'unknown-word', { words: 'safe, adult' }],
    ] as const) {
      const error = faultOf(text);
      assert.equal(error.code, `models.query-${code}`, text);
      assert.equal(error.kind, 'invalid');
      for (const [name, value] of Object.entries(params)) assert.equal(error.params[name], value, `${text} ${name}`);
    }
  });

  it('have words and advice in both languages that use what the error tells', () => {
    for (const text of [
      '"',
      '(',
      '()',
      'a OR',
      'tag:',
      'size:x',
      'published:x',
      'access:x',
      '('.repeat(30),
      'a '.repeat(200),
    ]) {
      const error = faultOf(text);
      for (const catalogue of [queryEn, queryJa]) {
        const lines: Readonly<Record<string, string>> = catalogue;
        for (const line of [lines[error.code], lines[`${error.code}.advice`]]) {
          assert.ok(line !== undefined, error.code);
          for (const [, name] of line.matchAll(/\{(\w+)\}/g))
            assert.ok((name ?? '') in error.params, `${error.code} ${name}`);
        }
      }
    }
  });

  it('of size end before they cost anything', () => {
    assert.equal(faultOf('x'.repeat(2001)).code, 'models.query-too-long');
    assert.equal(faultOf('-('.repeat(500)).code, 'models.query-too-many-parts');
    assert.equal(faultOf(`${'('.repeat(25)}a${')'.repeat(25)}`).code, 'models.query-too-deep');
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '（',
    '）',
    '"',
    '「',
    '」',
    '『',
    '』',
    '“',
    '-',
    'NOT ',
    ' OR ',
    ' AND ',
    ' ',
    '　',
    ':',
    '：',
    ',',
    '、',
    '..',
    '>',
    '≤',
    '*',
    'a',
    '提灯',
    '🏮',
    '10',
    '30d',
    '2026-01',
    '5%',
    '1.5k',
    'lora',
    'sell',
    'safe',
  ),
  fc.constantFrom('tag:', 'タグ：', 'name:', 'type:', 'base:', 'license:', 'nsfw:', 'model:', 'downloads:', 'likes:>'),
  fc.constantFrom('size:<', 'like-ratio:', 'published:', 'seen:', 'words:', 'creator:', 'base:family:'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

describe('any text at all', () => {
  it('is a tree or an error, and a tree survives being printed and read again', () => {
    let trees = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const result = parseQuery(text, now);
        if ('error' in result) return;
        trees += 1;
        const printed = printQuery(result.node);
        const again = parseQuery(printed, now);
        assert.ok('node' in again, `${text} → ${printed}: ${'error' in again ? again.error.message : ''}`);
        assert.deepEqual(again.node, result.node, `${text} → ${printed}`);
      }),
      // Found in CI: a bare value that holds the ends of every kind of quotation.
      { numRuns: 20_000, examples: [[['base:family:', '」', '』', '“']]] },
    );
    assert.ok(trees > 2000, `${trees} trees`);
  });
});
