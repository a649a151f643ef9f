import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';

import { xmlElement } from './xml-element.ts';

it('writes properties as elements, lists as items, and leaves out what is unknown', () => {
  const value = { name: 'a', words: ['x', 'y'], size: 5, license: { allowNoCredit: false, use: null } };
  assert.equal(
    xmlElement('file', value),
    '<file><name>a</name><words><item>x</item><item>y</item></words><size>5</size>' +
      '<license><allowNoCredit>false</allowNoCredit></license></file>',
  );
  assert.equal(xmlElement('1 <b>"', 'v'), '<entry key="1 &lt;b&gt;&quot;">v</entry>');
});

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a reader makes of the text of one element without children. */
function textOf(xml: string): string {
  const [, text = ''] = /^<t>([^<>]*)<\/t>$/.exec(xml) ?? assert.fail(xml);
  assert.doesNotMatch(text, /\r|&(?!#?\w+;)/);
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_all, code?: string, name?: string) =>
    code === undefined ? (signs[name ?? ''] ?? assert.fail(name)) : String.fromCodePoint(Number(code)),
  );
}

it('keeps every text, but for letters that no document of XML can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const kept = text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r\u{7F}-\u{9F}]|[\u{FFFE}\u{FFFF}]/gu, '\u{FFFD}');
      assert.equal(textOf(xmlElement('t', text)), kept);
    }),
    { numRuns: 50 },
  );
  assert.equal(textOf(xmlElement('t', ']]>\0\uD800&amp;<!--')), ']]>\u{FFFD}\u{FFFD}&amp;<!--');
});
