/** Printed documents: what stands in them as data, and how it looks as a page, on paper and for programs (P-093). */
export {
  type PrintedBars,
  type PrintedBlock,
  type PrintedCell,
  type PrintedColumn,
  type PrintedDocument,
  type PrintedSection,
  type PrintedTable,
  tablesOf,
  textOf,
} from './printed-document.ts';
export { renderCsv } from './render-csv.ts';
export { renderHtml } from './render-html.ts';
export { renderPdf } from './render-pdf.ts';
export { renderXlsx } from './render-xlsx.ts';
export { readStoredZip, writeZip, type ZipFile } from './zip.ts';
