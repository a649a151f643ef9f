/** What became of a batch, to keep: JSON, CSV or one HTML page (M-129). */
import type { Translator } from '#platform/i18n';

import { listBatchItems } from '../../../store/batch-item-store.ts';
import { workedMs } from '../../../store/batch-work-store.ts';
import type { BatchDeps } from './batch-deps.ts';
import { requireBatch } from './move-batch.ts';
import { reportAsCsv } from './report-csv.ts';
import { reportAsHtml } from './report-html.ts';
import { reportAsJson } from './report-json.ts';
import type { ReportWriter } from './report-writer.ts';

export interface BatchReport {
  readonly fileName: string;
  readonly mediaType: string;
  /** Piece by piece, so that the report on a long list does not stand in memory. */
  readonly content: AsyncIterable<string>;
}

export interface ReportOptions {
  readonly format: 'json' | 'csv' | 'html';
  readonly translator: Translator;
}

const writers: Readonly<Record<ReportOptions['format'], { readonly mediaType: string; readonly write: ReportWriter }>> =
  {
    json: { mediaType: 'application/json', write: reportAsJson },
    csv: { mediaType: 'text/csv; charset=utf-8', write: reportAsCsv },
    html: { mediaType: 'text/html; charset=utf-8', write: reportAsHtml },
  };

/** Files that stand in memory together. */
const PAGE = 500;

/** @throws KuraError `models.batch-not-found`. */
export async function reportBatch(
  { database }: Pick<BatchDeps, 'database'>,
  id: string,
  { format, translator }: ReportOptions,
): Promise<BatchReport> {
  const batch = await requireBatch(database, id);
  const { mediaType, write } = writers[format];
  const day = batch.createdAt.slice(0, 10);
  const fileName = `kura-batch-${day}-${id.slice(0, 8)}.${format}`;

  async function* content(): AsyncGenerator<string> {
    const { head, line, end } = write({ batch, ms: await workedMs(database, id) }, translator);
    yield head;
    for (let after = 0; ; ) {
      const page = await listBatchItems(database, id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      const isFirst = after === 0;
      yield page.map((item, index) => line(item, isFirst && index === 0)).join('');
      after = last.number;
    }
    yield end;
  }
  return { fileName, mediaType, content: content() };
}
