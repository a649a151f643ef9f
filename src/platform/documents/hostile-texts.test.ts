/** Whatever somebody wrote into a field is text in every report that is made of it, and no formula in any table. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { instant } from '#kernel/brands';
import { readCsv } from '#kernel/csv';
import { hostileTexts, tagsOf } from '#stand-ins/hostile-texts';

import { type PrintedDocument, renderCsv, renderHtml, renderPdf } from './index.ts';

const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '=HYPERLINK("https://evil.example","x")',
  '=cmd|x!A0',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
];
const texts = [...hostileTexts, ...formulas];

/** A document with this text in every field that holds text. */
function documentOf(text: string): PrintedDocument {
  return {
    language: 'en',
    title: text,
    period: text,
    made: text,
    at: instant(new Date('2026-11-22T00:00:00Z')),
    words: { contents: text, page: () => text },
    sections: [
      {
        title: text,
        blocks: [
          { kind: 'paragraph', text },
          { kind: 'source', text },
          { kind: 'facts', facts: [[text, { value: 1, text }]] },
          { kind: 'table', name: 'rows', title: text, columns: [{ title: text }], rows: [[text]], leftOut: text },
          { kind: 'bars', title: text, bars: [{ label: text, value: 1, text }] },
        ],
      },
    ],
  };
}

describe('hostile text', () => {
  it('makes no tag and no attribute in a report', () => {
    const harmless = tagsOf(renderHtml(documentOf('x')));
    for (const text of texts) assert.deepEqual(tagsOf(renderHtml(documentOf(text))), harmless, text);
  });

  it('is a cell in a table, never a formula, and comes back as it was', () => {
    for (const text of texts) {
      const csv = renderCsv({ kind: 'table', name: 'rows', columns: [{ title: text }], rows: [[text]] }, true);
      assert.deepEqual(readCsv(csv), [[text], [text]]);
      assert.doesNotMatch(csv.slice(1), /^"?[=+\-@＝＋－＠\t\r]/, text);
    }
  });

  it('makes no action, link or script in a PDF', async () => {
    const bytes = await renderPdf(documentOf(texts.join(' ')));
    assert.doesNotMatch(
      Buffer.from(bytes).toString('latin1'),
      /\/(?:JavaScript|JS|OpenAction|AA|URI|Launch|SubmitForm)\b/,
    );
  });
});
