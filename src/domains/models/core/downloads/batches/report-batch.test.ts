import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCsv } from '#kernel/csv';
import { createTranslators, type Translator } from '#platform/i18n';
import { hostileTexts, tagsOf } from '#stand-ins/hostile-texts';
import { batchOptionsSchema } from '../../../contract/batch-shapes.ts';
import { en } from '../../../messages/en.ts';
import { ja } from '../../../messages/ja.ts';
import type { BatchItem } from '../../../store/batch-item-store.ts';
import type { Batch } from '../../../store/batch-store.ts';
import { reportAsCsv } from './report-csv.ts';
import { reportAsHtml } from './report-html.ts';
import { reportAsJson } from './report-json.ts';
import type { ReportWriter } from './report-writer.ts';

const translators = createTranslators([{ en, ja }], 'Asia/Tokyo');
const evil = '<script>alert(1)</script> & "墨"';

const failed: BatchItem = {
  batchId: 'b',
  number: 1,
  ref: '=HYPERLINK("http://x")',
  status: 'failed',
  selector: null,
  modelId: 1,
  versionId: 2,
  fileId: 3,
  name: evil,
  path: null,
  sizeBytes: 2048,
  sha256: null,
  verdict: null,
  wasThere: false,
  attempts: 3,
  round: 2,
  reason: { code: 'models.not-downloadable', params: { name: evil, state: 'TakenDown' } },
  ms: 1234,
  networkBytes: 512,
  retries: 2,
  mirror: null,
};
const later: BatchItem = { ...failed, number: 2, reason: { code: 'models.from-tomorrow', params: {} } };
const there: BatchItem = { ...failed, number: 3, status: 'done', wasThere: true, reason: null, name: 'a.safetensors' };
const items = [failed, later, there];

const batch: Batch = {
  id: 'b',
  position: 1,
  name: evil,
  status: 'completed_with_errors',
  reason: null,
  origin: [{ kind: 'creator', detail: evil, count: 3 }],
  options: batchOptionsSchema.parse({}),
  byServer: true,
  run: 1,
  used: { files: 0, bytes: 0, ms: 0 },
  waitsUntil: null,
  waitingSince: null,
  boost: 0,
  actor: { kind: 'cli', id: 'local', name: 'local' },
  createdAt: '2026-11-22T03:00:00.000Z',
  startedAt: '2026-11-22T03:00:01.000Z',
  updatedAt: '2026-11-22T03:00:02.000Z',
  endedAt: '2026-11-22T03:00:02.000Z',
  tally: {
    files: 3,
    pending: 0,
    processing: 0,
    done: 1,
    skipped: 1,
    quarantined: 0,
    failed: 2,
    cancelled: 0,
    totalBytes: 6144,
    doneBytes: 2048,
    networkBytes: 1536,
    retries: 4,
  },
};

function written(write: ReportWriter, of: Batch, listed: readonly BatchItem[], translator: Translator): string {
  const { head, line, end } = write({ batch: of, ms: 1500 }, translator);
  return [head, ...listed.map((item, index) => line(item, index === 0)), end].join('');
}

describe('the report of a batch', () => {
  it('says of each file what became of it and why, in the reader’s language', () => {
    for (const [language, words] of [
      ['en', /cannot be downloaded/],
      ['ja', /ダウンロードできません|取得できません/],
    ] as const) {
      const report = JSON.parse(written(reportAsJson, batch, items, translators[language]));
      assert.match(report.items[0].reason.message, words);
      assert.deepEqual([report.items[0].seconds, report.items[0].attempts], [1.2, 3]);
      assert.deepEqual([report.batch.tally.retries, report.batch.seconds], [4, 1.5]);
    }
  });

  it('is sound also without a file', () => {
    assert.deepEqual(JSON.parse(written(reportAsJson, batch, [], translators.en)).items, []);
  });

  it('keeps the code of a reason that this program has no words for', () => {
    const report = JSON.parse(written(reportAsJson, batch, items, translators.en));
    assert.deepEqual(report.items[1].reason, { code: 'models.from-tomorrow', message: 'models.from-tomorrow' });
  });

  it('is a table that no spreadsheet runs', () => {
    const csv = written(reportAsCsv, batch, items, translators.ja);
    assert.ok(csv.startsWith('\uFEFF'), 'or spreadsheets garble Japanese');
    assert.match(csv, /\r\n1,"'=HYPERLINK/);
    const [head, first] = readCsv(csv);
    const cells = Object.fromEntries((head ?? []).map((name, index) => [name, first?.[index]]));
    assert.deepEqual([cells['Ref'], cells['Name'], cells['Status']], [failed.ref, evil, 'failed']);
  });

  it('has the same tags whatever somebody wrote', () => {
    function pageOf(text: string) {
      const named = { ...failed, name: text, ref: text, reason: { code: text, params: {} } };
      const origin = [{ kind: 'creator' as const, detail: text, count: 3 }];
      return written(reportAsHtml, { ...batch, name: text, origin }, [named], translators.en);
    }
    const harmless = tagsOf(pageOf('x'));
    for (const text of hostileTexts) assert.deepEqual(tagsOf(pageOf(text)), harmless, text);
  });

  it('is a page on its own that runs nothing, whatever files are called', () => {
    const html = written(reportAsHtml, batch, items, translators.ja);
    assert.doesNotMatch(html, /<script|https?:/);
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;墨&quot;/);
    assert.match(html, /<html lang="ja">/);
    assert.match(html, /既存/);
    assert.equal(html.match(/<tr class="failed">/g)?.length, 2);
  });
});
