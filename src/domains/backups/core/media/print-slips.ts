/** Papers with lines for signatures: hand-over, return, retirement, destruction. */
import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import type { Translator } from '#platform/i18n';
import { createPdf, type PdfSheet } from '#platform/pdf';

import type { Certificate, LoanView, PrintedFile } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { readCertificate } from './certificates.ts';
import { readLoan } from './loans.ts';
import { pdfFile } from './pdf-file.ts';

interface Paper {
  readonly title: string;
  readonly statement: string;
  readonly facts: ReadonlyArray<readonly [term: string, value: string]>;
  /** Small print below, such as hash and signature. */
  readonly proof: ReadonlyArray<readonly [term: string, value: string]>;
  readonly signers: readonly string[];
}

/** Hand-over, or return when it is back. @throws KuraError `backups.loan-not-found`. */
export async function printLoanSlip(context: BackupsContext, id: string, translator: Translator): Promise<PrintedFile> {
  const loan = await readLoan(context, id);
  const name = loan.returnedAt === null ? 'lending-slip' : 'return-slip';
  return print(context, `${name}-${loan.label}.pdf`, loanPaper(loan, translator), translator);
}

/** @throws KuraError `backups.certificate-not-found`. */
export async function printCertificate(
  context: BackupsContext,
  id: string,
  translator: Translator,
): Promise<PrintedFile> {
  const certificate = await readCertificate(context, id);
  const name = `certificate-${certificate.kind}-${certificate.label}.pdf`;
  return print(context, name, certificatePaper(certificate, translator), translator);
}

function loanPaper(loan: LoanView, translator: Translator): Paper {
  const { text } = translator;
  const kind = loan.returnedAt === null ? 'lending' : 'return';
  const back: Paper['facts'] =
    loan.returnedAt === null
      ? []
      : [
          [text('backups.paper-returned-at'), translator.time(loan.returnedAt)],
          [text('backups.paper-taken-back-by'), loan.takenBackBy ?? ''],
          [text('backups.paper-condition'), text(`backups.condition-${loan.condition ?? 'unknown'}`)],
          [text('backups.paper-note'), loan.note],
        ];
  return {
    title: text(`backups.paper-${kind}`),
    statement: text(`backups.paper-${kind}-statement`),
    facts: [
      [text('backups.paper-label'), loan.label],
      [text('backups.paper-name'), loan.name],
      [text('backups.paper-borrower'), loan.borrower],
      [text('backups.paper-organisation'), loan.organisation],
      [text('backups.paper-contact'), loan.contact],
      [text('backups.paper-purpose'), loan.purpose],
      [text('backups.paper-lent-at'), translator.time(loan.lentAt)],
      [text('backups.paper-handed-over-by'), loan.handedOverBy],
      [text('backups.paper-due-on'), loan.dueOn],
      ...back,
    ],
    proof: [],
    signers: [text('backups.paper-signer-keeper'), text('backups.paper-signer-borrower')],
  };
}

const signedSchema = z.object({
  by: z.string(),
  reason: z.string().optional(),
  method: z.string().optional(),
  witness: z.string().optional(),
  note: z.string(),
  medium: z.object({ name: z.string(), kind: z.string(), maker: z.string(), model: z.string(), serial: z.string() }),
  copies: z.array(z.object({ job: z.string(), copy: z.string() })),
});

function certificatePaper(certificate: Certificate, translator: Translator): Paper {
  const { text } = translator;
  const signed = signedSchema.parse(JSON.parse(certificate.document));
  const { medium, reason, method, witness } = signed;
  return {
    title: text(`backups.paper-${certificate.kind}`),
    statement: text(`backups.paper-${certificate.kind}-statement`),
    facts: [
      [text('backups.paper-label'), certificate.label],
      [text('backups.paper-name'), medium.name],
      [text('backups.paper-kind'), text(`backups.media-kind-${medium.kind}`)],
      [text('backups.paper-model'), [medium.maker, medium.model].filter((part) => part !== '').join(' ')],
      [text('backups.paper-serial'), medium.serial],
      [text('backups.paper-copies'), signed.copies.map(({ job, copy }) => `${job}/${copy}`).join(', ')],
      [text('backups.paper-at'), translator.time(certificate.at)],
      [text('backups.paper-by'), signed.by],
      ...optional(text('backups.paper-reason'), reason === undefined ? undefined : text(`backups.retired-${reason}`)),
      ...optional(text('backups.paper-method'), method === undefined ? undefined : text(`backups.destroyed-${method}`)),
      ...optional(text('backups.paper-witness'), witness),
      [text('backups.paper-note'), signed.note],
    ],
    proof: [
      [text('backups.paper-certificate'), certificate.id],
      ['SHA-256', certificate.sha256],
      [text('backups.paper-signature'), certificate.signature],
      [text('backups.paper-key'), certificate.keyId],
    ],
    signers: [text('backups.paper-signer-keeper'), text('backups.paper-signer-witness')],
  };
}

function optional(term: string, value: string | undefined): Paper['facts'] {
  return value === undefined ? [] : [[term, value]];
}

async function print(context: BackupsContext, name: string, paper: Paper, translator: Translator) {
  const info = { title: paper.title, language: translator.language, at: nowInstant(context.clock) };
  return pdfFile(name, await createPdf(info, (sheet) => drawPaper(sheet, paper, translator)));
}

const margin = 25;
const width = 160;
const termWidth = 45;

function drawPaper(sheet: PdfSheet, paper: Paper, translator: Translator): void {
  let y = margin;
  y += sheet.text(paper.title, { x: margin, y, width, size: 20, bold: true }) + 6;
  y += sheet.text(paper.statement, { x: margin, y, width }) + 8;
  y = drawRows(sheet, paper.facts, y, 10);
  y += 18;
  for (const [index, signer] of paper.signers.entries()) {
    const x = margin + index * 85;
    sheet.line([x, y], [x + 75, y]);
    sheet.text(`${signer} / ${translator.text('backups.paper-date')}`, { x, y: y + 1, width: 75, size: 8 });
  }
  drawRows(sheet, paper.proof, y + 20, 7);
}

function drawRows(sheet: PdfSheet, rows: Paper['facts'], from: number, size: number): number {
  let y = from;
  for (const [term, value] of rows) {
    const left = sheet.text(term, { x: margin, y, width: termWidth, size });
    const right = sheet.text(value === '' ? '–' : value, {
      x: margin + termWidth,
      y,
      width: width - termWidth,
      size,
      maxHeight: 30,
    });
    y += Math.max(left, right) + 1.5;
  }
  return y;
}
