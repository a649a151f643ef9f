/** What became of a batch, to keep: JSON, CSV or one HTML page (M-129). */
import type { Translator } from '#platform/i18n';

import { type BatchItem, listBatchItems } from '../../../store/batch-item-store.ts';
import type { Batch } from '../../../store/batch-store.ts';
import type { BatchDeps } from './batch-deps.ts';
import { requireBatch } from './move-batch.ts';
import { reportAsCsv } from './report-csv.ts';
import { reportAsHtml } from './report-html.ts';
import { reportAsJson } from './report-json.ts';

export interface BatchReport {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface ReportOptions {
  readonly format: 'json' | 'csv' | 'html';
  readonly translator: Translator;
}

type Write = (batch: Batch, items: readonly BatchItem[], translator: Translator) => string;

const writers: Readonly<Record<ReportOptions['format'], { readonly mediaType: string; readonly write: Write }>> = {
  json: { mediaType: 'application/json', write: reportAsJson },
  csv: { mediaType: 'text/csv; charset=utf-8', write: reportAsCsv },
  html: { mediaType: 'text/html; charset=utf-8', write: reportAsHtml },
};

const PAGE = 1000;

/** @throws KuraError `models.batch-not-found`. */
export async function reportBatch(
  { database }: Pick<BatchDeps, 'database'>,
  id: string,
  { format, translator }: ReportOptions,
): Promise<BatchReport> {
  const batch = await requireBatch(database, id);
  const items: BatchItem[] = [];
  for (let after = 0; ; ) {
    const page = await listBatchItems(database, id, { after, limit: PAGE });
    items.push(...page);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.number;
  }
  const { mediaType, write } = writers[format];
  const day = batch.createdAt.slice(0, 10);
  const fileName = `kura-batch-${day}-${id.slice(0, 8)}.${format}`;
  return { fileName, mediaType, content: write(batch, items, translator) };
}
