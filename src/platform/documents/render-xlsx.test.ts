import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';

import { instant } from '#kernel/brands';

import { type PrintedDocument, renderXlsx } from './index.ts';

const hostile = "=cmd|' /C calc'!A0";
const table = {
  kind: 'table',
  name: 'runs',
  columns: [{ title: hostile }, { title: '回数' }],
  rows: [
    [hostile, { value: 1.5, text: '1.5' }],
    ['<b> _x000D_ \u0001😀', null],
  ],
} as const;
const document: PrintedDocument = {
  language: 'ja',
  title: '月次: [レポート]',
  period: '2026-10',
  made: 'kura',
  at: instant(new Date('2026-11-01T00:00:00Z')),
  words: { contents: '', page: () => '' },
  sections: [
    { title: '実行', blocks: [{ kind: 'facts', facts: [['終了', { value: 3, text: '3 回' }]] }, table] },
    { title: '実行', blocks: [table] },
  ],
};

/** Texts of the parts, by name. */
function partsOf(archive: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(archive);
  const parts = new Map<string, string>();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04_03_4b_50; ) {
    const begin = at + 30 + bytes.readUInt16LE(at + 26);
    const end = begin + bytes.readUInt32LE(at + 18);
    parts.set(bytes.toString('utf8', at + 30, begin), inflateRawSync(bytes.subarray(begin, end)).toString('utf8'));
    at = end;
  }
  return parts;
}

describe('a workbook', () => {
  const parts = partsOf(renderXlsx(document));

  it('has a sheet for what is said and one for each table, under names that may be', () => {
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ['月次   レポート', '実行', '実行 2']);
    assert.match(parts.get('xl/worksheets/sheet1.xml') ?? '', /終了<\/t><\/is><\/c><c r="B6"><v>3<\/v>/);
  });

  it('holds numbers and texts, never a formula, and no text that ends the XML or is read as something else', () => {
    const sheet = parts.get('xl/worksheets/sheet2.xml') ?? '';
    assert.doesNotMatch(sheet, /<f[ >]/);
    assert.match(sheet, /<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">=cmd\|/);
    assert.match(sheet, /<c r="B2"><v>1.5<\/v>/);
    assert.match(sheet, /&lt;b&gt; _x005F_x000D_ 😀</);
  });

  it('is the same each time', () => {
    assert.deepEqual(renderXlsx(document), renderXlsx(document));
  });
});
