import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { instant } from '#kernel/brands';

import { type PrintedDocument, renderCsv, renderHtml, renderPdf, tablesOf } from './index.ts';

const hostile = "<script>alert(1)</script>\"' =cmd|' /C calc'!A0";
const document: PrintedDocument = {
  language: 'ja',
  title: '月次レポート',
  period: '2026-10-01 – 2026-10-31',
  made: '2026-11-01 kura',
  at: instant(new Date('2026-11-01T00:00:00Z')),
  words: { contents: '目次', page: (page, pages) => `${page} / ${pages} ページ` },
  sections: [
    {
      title: hostile,
      blocks: [
        { kind: 'paragraph', text: hostile },
        { kind: 'facts', facts: [[hostile, { value: 3, text: '3 回' }]] },
        { kind: 'bars', title: '日別', bars: [{ label: hostile, value: 5, text: '5' }] },
        {
          kind: 'table',
          name: 'runs',
          columns: [{ title: 'ジョブ' }, { title: '回数', align: 'end' }],
          rows: [[hostile, { value: 1234, text: '1,234' }], ...Array.from({ length: 200 }, () => ['髙橋', null])],
          leftOut: hostile,
        },
        { kind: 'source', text: hostile },
      ],
    },
  ],
};

describe('a printed document', () => {
  it('carries no markup of its data into the page', () => {
    const page = renderHtml(document);
    assert.doesNotMatch(page, /<script|alert\(1\)<|="[^"]*<script/);
    assert.equal(page.split('&lt;script&gt;').length - 1, 8);
    assert.match(page, /<html lang="ja">/);
  });

  it('gives spreadsheets figures and no formulas', () => {
    const [table] = tablesOf(document);
    assert.ok(table);
    const rows = [['=1+1', { value: 1234.5, text: '1,234.5' }, null]] as const;
    const csv = renderCsv({ ...table, columns: [{ title: '式' }, { title: '値' }, { title: '' }], rows }, true);
    assert.equal(csv, "\u{feff}式,値,\r\n'=1+1,1234.5,\r\n");
  });

  it('names on the pages how many there are, and repeats the heading of a table', async () => {
    const pdf = Buffer.from(await renderPdf(document)).toString('latin1');
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    assert.ok(pages > 2, `${pages} pages`);
    assert.match(pdf, /BIZUDPGothic-Regular/);
  });
});
