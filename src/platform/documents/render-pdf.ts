/** A4 pages: contents first, then the sections; title and number on each page. */
import { a4, createPdf, type PdfDocument, type PdfSheet, type PdfText } from '#platform/pdf';

import {
  type PrintedBars,
  type PrintedBlock,
  type PrintedColumn,
  type PrintedDocument,
  type PrintedTable,
  textOf,
} from './printed-document.ts';

const margin = 18;
const bottom = a4.height - 22;
const width = a4.width - 2 * margin;
const cellPadding = 1;

/** The contents name pages that are known when everything has been measured. */
export async function renderPdf(document: PrintedDocument): Promise<PdfDocument> {
  const info = { title: `${document.title} – ${document.period}`, language: document.language, at: document.at };
  return await createPdf(info, (sheet) => {
    const remembering = rememberHeights(sheet);
    const unknown = { pages: document.sections.map(() => 1), total: 1 };
    const places = drawDocument(measuring(remembering), document, unknown);
    drawDocument(remembering, document, places);
  });
}

/** Draws nothing. */
function measuring(sheet: PdfSheet): PdfSheet {
  return {
    ...sheet,
    page: () => undefined,
    text: (text, where) => Math.min(sheet.heightOf(text, where), where.maxHeight ?? Number.POSITIVE_INFINITY),
    line: () => undefined,
    frame: () => undefined,
  };
}

/** Laying out Japanese text takes long, and most of a table is one line of a few letters, or was there before. */
function rememberHeights(sheet: PdfSheet): PdfSheet {
  const known = new Map<string, number>();
  function heightOf(text: string, where: Pick<PdfText, 'width' | 'size' | 'bold'>): number {
    const { width: room, size = 10, bold = false } = where;
    // No letter is wider than it is high.
    const isOneLine = !text.includes('\n') && text.length * size * mmPerPoint <= room;
    const key = isOneLine ? `${size} ${bold}` : `${size} ${bold} ${room} ${text}`;
    const height = known.get(key) ?? sheet.heightOf(isOneLine ? '国' : text, where);
    known.set(key, height);
    return height;
  }
  return { ...sheet, heightOf };
}

const mmPerPoint = 25.4 / 72;

/** On which page each section begins, and how many there are. */
interface Places {
  readonly pages: readonly number[];
  readonly total: number;
}

function drawDocument(sheet: PdfSheet, document: PrintedDocument, places: Places): Places {
  const pen = new Pen(sheet, document, places.total);
  pen.write(document.title, { size: 20, bold: true });
  pen.write(document.period, { size: 12 });
  pen.write(document.made, { size: 9 });
  pen.space(8);
  pen.write(document.words.contents, { size: 12, bold: true });
  for (const [index, { title }] of document.sections.entries()) pen.contentsLine(title, places.pages[index] ?? 1);
  const pages: number[] = [];
  for (const section of document.sections) {
    pen.space(7);
    pen.keep(30);
    pages.push(pen.page);
    pen.write(section.title, { size: 14, bold: true });
    for (const block of section.blocks) drawBlock(pen, block);
  }
  return { pages, total: pen.page };
}

function drawBlock(pen: Pen, block: PrintedBlock): void {
  pen.space(2);
  switch (block.kind) {
    case 'paragraph':
      pen.write(block.text, {});
      break;
    case 'source':
      pen.write(block.text, { size: 7.5 });
      break;
    case 'facts':
      for (const [name, value] of block.facts) {
        pen.row([name, textOf(value)], factColumns, [true, false]);
      }
      break;
    case 'table':
      drawTable(pen, block);
      break;
    default:
      drawBars(pen, block);
  }
}

const factColumns: readonly PrintedColumn[] = [
  { title: '', share: 1 },
  { title: '', share: 2 },
];

function drawTable(pen: Pen, { title, columns, rows, leftOut }: PrintedTable): void {
  if (title !== undefined) pen.write(title, { bold: true });
  pen.keep(16);
  drawHead(pen, columns);
  for (const cells of rows) {
    const { page } = pen;
    const texts = cells.map(textOf);
    pen.keep(pen.rowHeight(texts, columns));
    if (pen.page !== page) drawHead(pen, columns);
    pen.row(texts, columns, []);
  }
  if (leftOut !== undefined) pen.write(leftOut, { size: 8 });
}

function drawHead(pen: Pen, columns: readonly PrintedColumn[]): void {
  const titles = columns.map(({ title }) => title);
  pen.row(titles, columns, Array<boolean>(titles.length).fill(true));
}

const labelShare = 0.22;
const valueShare = 0.16;

function drawBars(pen: Pen, { title, bars, most }: PrintedBars): void {
  pen.write(title, { bold: true });
  const largest = most ?? Math.max(1, ...bars.map(({ value }) => value));
  for (const { label, value, text } of bars) pen.bar(label, Math.max(0, Math.min(1, value / largest)), text);
}

interface Letters {
  readonly size?: number;
  readonly bold?: boolean;
}

/** Goes down the page and turns it. */
class Pen {
  page = 1;
  #y = margin;
  readonly #sheet: PdfSheet;
  readonly #document: PrintedDocument;
  readonly #total: number;

  constructor(sheet: PdfSheet, document: PrintedDocument, total: number) {
    this.#sheet = sheet;
    this.#document = document;
    this.#total = total;
    this.#footer();
  }

  space(mm: number): void {
    this.#y += mm;
  }

  /** Turns the page when less than this is left of it. */
  keep(mm: number): void {
    if (this.#y + mm <= bottom || this.#y === margin) return;
    this.#sheet.page();
    this.page += 1;
    this.#y = margin;
    this.#footer();
  }

  write(text: string, { size = 10, bold = false }: Letters): void {
    const letters = { width, size, bold };
    const height = this.#sheet.heightOf(text, letters);
    this.keep(height);
    this.#y += this.#sheet.text(text, { ...letters, x: margin, y: this.#y, maxHeight: bottom - this.#y }) + 1;
  }

  contentsLine(title: string, page: number): void {
    this.keep(6);
    this.#sheet.text(title, { x: margin, y: this.#y, width: width - 15, maxHeight: 6 });
    this.#sheet.text(String(page), { x: margin + width - 15, y: this.#y, width: 15, align: 'right' });
    this.#y += 6;
  }

  rowHeight(texts: readonly string[], columns: readonly PrintedColumn[]): number {
    const heights = widthsOf(columns).map((each, index) =>
      this.#sheet.heightOf(texts[index] ?? '', { width: each - 2 * cellPadding, size: rowSize }),
    );
    return Math.min(Math.max(...heights, 3) + 2 * cellPadding, bottom - margin);
  }

  row(texts: readonly string[], columns: readonly PrintedColumn[], bold: readonly boolean[]): void {
    const height = this.rowHeight(texts, columns);
    this.keep(height);
    let x = margin;
    for (const [index, each] of widthsOf(columns).entries()) {
      this.#sheet.text(texts[index] ?? '', {
        x: x + cellPadding,
        y: this.#y + cellPadding,
        width: each - 2 * cellPadding,
        size: rowSize,
        bold: bold[index] ?? false,
        align: columns[index]?.align === 'end' ? 'right' : 'left',
        ...(height < bottom - margin ? {} : { maxHeight: height }),
      });
      x += each;
    }
    this.#y += height;
    this.#sheet.line([margin, this.#y], [margin + width, this.#y]);
  }

  bar(label: string, share: number, text: string): void {
    this.keep(6);
    const [labels, values] = [width * labelShare, width * valueShare];
    const room = width - labels - values;
    this.#sheet.text(label, { x: margin, y: this.#y, width: labels, size: rowSize, maxHeight: 5 });
    if (share > 0) this.#sheet.frame(margin + labels, this.#y + 0.5, room * share, 3);
    this.#sheet.text(text, {
      x: margin + labels + room * share + 1,
      y: this.#y,
      width: values,
      size: rowSize,
      maxHeight: 5,
    });
    this.#y += 5;
  }

  #footer(): void {
    const { title, period, words } = this.#document;
    const y = a4.height - 14;
    this.#sheet.text(`${title} – ${period}`, { x: margin, y, width: width - 40, size: 8, maxHeight: 4 });
    const number = words.page(this.page, this.#total);
    this.#sheet.text(number, { x: margin + width - 40, y, width: 40, size: 8, align: 'right', maxHeight: 4 });
  }
}

const rowSize = 8.5;

function widthsOf(columns: readonly PrintedColumn[]): readonly number[] {
  const total = columns.reduce((sum, { share = 1 }) => sum + share, 0);
  return columns.map(({ share = 1 }) => (width * share) / total);
}
