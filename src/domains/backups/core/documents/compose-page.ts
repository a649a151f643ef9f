/** A report as one file: which sections stand in it, in which form. */
import {
  type PrintedDocument,
  type PrintedSection,
  renderCsv,
  renderHtml,
  renderPdf,
  renderXlsx,
  tablesOf,
} from '#platform/documents';
import type { Translator } from '#platform/i18n';

import type { DocumentFormat, DocumentKind, DocumentTable } from '../../contract/index.ts';
import { canonicalJson } from '../drills/signed-document.ts';
import type { ReportReading } from './report-reading.ts';
import { type SectionName, writeSection, writeTables } from './sections.ts';

/** The audit pack is no document but many. */
export type PageKind = Exclude<DocumentKind, 'audit-pack'>;
type PageFormat = Exclude<DocumentFormat, 'zip'>;

const runs = ['summary', 'runs', 'failures', 'verdicts'] as const;
const proofs = ['tests', 'tickets'] as const;

const sectionsOf: Readonly<Record<PageKind, readonly SectionName[]>> = {
  daily: ['summary', 'failures', 'runs', 'verdicts', ...proofs, 'swaps'],
  weekly: [...runs, ...proofs, 'swaps'],
  monthly: ['summary', 'runs', 'verdicts', 'changes', ...proofs, 'swaps', 'failures'],
  compliance: ['verdicts', 'changes', ...proofs, 'swaps', 'summary'],
  operations: ['summary', 'failures', 'missed', 'tickets', 'swaps', 'media'],
  status: ['jobs', 'copies', 'verdicts'],
  verification: ['tests', 'coverage', 'tickets'],
  job: ['summary', 'jobs', 'copies', 'verdicts', 'changes', 'runs', 'failures', 'missed', ...proofs, 'coverage'],
  'service-levels': ['levels', 'responses'],
  availability: ['availability', 'outages'],
  audit: ['chain', 'actions', 'refusals', 'entries'],
  iso27001: ['scope', 'controls', 'summary', 'verdicts', ...proofs, 'media', 'chain', 'approval'],
  iso19650: ['containers'],
};

/** What each report is about, for CSV. */
export const tableOf: Readonly<Record<PageKind, DocumentTable>> = {
  daily: 'runs',
  weekly: 'runs',
  monthly: 'runs',
  compliance: 'verdicts',
  operations: 'failures',
  status: 'jobs',
  verification: 'tests',
  job: 'runs',
  'service-levels': 'levels',
  availability: 'availability',
  audit: 'entries',
  iso27001: 'controls',
  iso19650: 'containers',
};

export interface ReaderOfDocument {
  readonly translator: Translator;
  readonly madeBy: string;
}

export interface PageWish {
  readonly kind: PageKind;
  readonly format: PageFormat;
  /** For CSV, and only there. */
  readonly table: DocumentTable | null;
}

export async function composePage(
  reading: ReportReading,
  reader: ReaderOfDocument,
  { kind, format, table }: PageWish,
): Promise<Uint8Array> {
  const { translator, madeBy } = reader;
  const { text, number, time } = translator;
  const { period, figures } = reading;
  const names = sectionsOf[kind];
  const document: PrintedDocument = {
    language: translator.language,
    title: text(`backups.document.kind.${kind}`),
    period: text('backups.document.period', { from: period.from, to: period.to, zone: figures.zone }),
    made: text('backups.document.made', { at: time(figures.at), by: madeBy }),
    at: figures.at,
    words: {
      contents: text('backups.document.contents'),
      page: (page, pages) => text('backups.document.page', { page: number(page), pages: number(pages) }),
    },
    // A table is what was asked for, whatever the kind of report shows.
    sections:
      table === null
        ? await eachInTurn(names, (name) => writeSection(name, reading, translator))
        : [await writeTables(table, reading, translator)],
  };
  return await render(document, format, table);
}

async function eachInTurn(
  names: readonly SectionName[],
  write: (name: SectionName) => Promise<PrintedSection>,
): Promise<readonly PrintedSection[]> {
  const sections: PrintedSection[] = [];
  for (const name of names) sections.push(await write(name));
  return sections;
}

async function render(document: PrintedDocument, format: PageFormat, table: DocumentTable | null): Promise<Uint8Array> {
  if (format === 'pdf') return await renderPdf(document);
  if (format === 'xlsx') return renderXlsx(document);
  if (format === 'html') return Buffer.from(renderHtml(document));
  if (format === 'json') return Buffer.from(`${canonicalJson({ ...document, words: undefined })}\n`);
  const wanted = tablesOf(document).find(({ name }) => name === table);
  return Buffer.from(wanted === undefined ? '' : renderCsv(wanted, true));
}
