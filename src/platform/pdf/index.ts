/**
 * Pages to print (ADR 0030): PDF with an embedded Japanese font, measured in millimetres from the upper left corner, and
 * QR codes drawn as shapes. The same content gives the same bytes.
 */
export { createPdf, type PdfDocument, type PdfInfo } from './create-pdf.ts';
export { a4, type PdfSheet, type PdfText } from './pdf-sheet.ts';
