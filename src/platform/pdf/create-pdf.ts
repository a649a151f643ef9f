/** A PDF document of A4 pages. */
import { createRequire } from 'node:module';

import type { Instant } from '#kernel/brands';
import type { Language } from '#kernel/messages';

import { type PdfSheet, pdfSheet } from './pdf-sheet.ts';

export interface PdfInfo {
  readonly title: string;
  /** For screen readers. */
  readonly language: Language;
  /** Stands in the document; the same time and content give the same bytes. */
  readonly at: Instant;
}

export type PdfDocument = Uint8Array<ArrayBuffer>;

/** Draws on one page or several; the first is there already. pdfkit is loaded when the first document is made. */
export async function createPdf(info: PdfInfo, draw: (sheet: PdfSheet) => void): Promise<PdfDocument> {
  const { default: Pdf } = await import('pdfkit');
  // By path, not by registered names: under a name of its own a font that is open already is read again for each text.
  const fonts = fontFiles();
  const doc = new Pdf({
    size: 'A4',
    margin: 0,
    lang: info.language,
    displayTitle: true,
    font: fonts.regular,
    info: { Title: info.title, Producer: 'Kura', Creator: 'Kura', CreationDate: new Date(info.at) },
  });
  const pieces: Uint8Array[] = [];
  doc.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((done, fail) => {
    doc.once('end', done).once('error', fail);
  });
  draw(pdfSheet(doc, fonts));
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(pieces));
}

/** BIZ UDPGothic (Morisawa, SIL Open Font License 1.1): drawn to be read by everybody; pdfkit embeds what is used of it. */
function fontFiles() {
  const require = createRequire(import.meta.url);
  return {
    regular: require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
  } as const;
}
