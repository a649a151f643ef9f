/** What somebody wished for as bytes. */
import { KuraError } from '#kernel/errors';

import type { DocumentFormat, DocumentTable, DocumentWish } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';
import { writeAuditPack } from './audit-pack.ts';
import { composePage, type ReaderOfDocument, tableOf } from './compose-page.ts';
import { gatherFigures } from './gather-figures.ts';
import { reportPeriod } from './report-period.ts';
import type { ReportReading } from './report-reading.ts';

const mediaTypes: Readonly<Record<DocumentFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  zip: 'application/zip',
};

export interface ComposedDocument {
  readonly name: string;
  readonly format: DocumentFormat;
  readonly table: DocumentTable | null;
  readonly mediaType: string;
  readonly from: string;
  readonly to: string;
  readonly content: Uint8Array;
}

/** @throws KuraError `backups.document-form`, `-table`, `-job`: what was wished for does not go together. */
export function checkWish({ kind, format, table, job }: Pick<DocumentWish, 'kind' | 'format' | 'table' | 'job'>): void {
  if (format !== undefined && (kind === 'audit-pack') !== (format === 'zip')) {
    throw new KuraError('invalid', 'backups.document-form', { params: { format, kind } });
  }
  if (table !== undefined && format !== 'csv') {
    throw new KuraError('invalid', 'backups.document-table', { params: { table } });
  }
  if ((kind === 'job') !== (job !== undefined) && (kind === 'job' || kind === 'audit-pack')) {
    throw new KuraError('invalid', 'backups.document-job', { params: { kind } });
  }
}

/** @throws KuraError `backups.document-period`, `backups.job-not-found`, and those of `checkWish`. */
export async function composeDocument(
  context: BackupsContext,
  wish: DocumentWish,
  reader: ReaderOfDocument,
): Promise<ComposedDocument> {
  checkWish(wish);
  const reading = await readFor(context, wish);
  const { from, to } = reading.period;
  const { kind, job } = wish;
  if (kind === 'audit-pack') {
    const name = `kura-${kind}-${from}_${to}`;
    const content = await writeAuditPack({ reading, reader, name });
    return { name: `${name}.zip`, format: 'zip', table: null, mediaType: mediaTypes.zip, from, to, content };
  }
  const format = wish.format === undefined || wish.format === 'zip' ? 'html' : wish.format;
  const table = format === 'csv' ? (wish.table ?? tableOf[kind]) : null;
  const content = await composePage(reading, reader, { kind, format, table });
  const parts = ['kura', kind, ...(job === undefined ? [] : [job]), ...(table === null ? [] : [table])];
  return {
    name: `${parts.join('-')}-${from}_${to}.${format}`,
    format,
    table,
    mediaType: mediaTypes[format],
    from,
    to,
    content,
  };
}

async function readFor(context: BackupsContext, wish: DocumentWish): Promise<ReportReading> {
  const { job } = wish;
  if (job !== undefined) await requireJob(context, job);
  const period = reportPeriod(wish, context.clock.now(), context.zone());
  return {
    context,
    reads: context.database.tables<BackupsTables>(),
    media: context.database.tables<MediaTables>(),
    kept: context.database.tables<DocumentTables>(),
    period,
    job,
    figures: await gatherFigures(context, period, job),
  };
}
