import type { PdfDocument } from '#platform/pdf';

import type { PrintedFile } from '../../contract/index.ts';

/** A PDF inside a JSON answer. */
export function pdfFile(name: string, pdf: PdfDocument): PrintedFile {
  return { name, mediaType: 'application/pdf', base64: Buffer.from(pdf).toString('base64') };
}
