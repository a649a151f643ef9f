/** Drawing on a page, in millimetres. */
import type PDFDocument from 'pdfkit';
import { encodeQR } from 'qr';

/** Width and height in millimetres. */
export const a4 = { width: 210, height: 297 } as const;

const pointsPerMm = 72 / 25.4;

export interface PdfText {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of the letters in points; 10 unless said otherwise. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** What does not fit is left out, with an ellipsis. */
  readonly maxHeight?: number;
}

export interface PdfSheet {
  /** Begins another page. */
  page(): void;
  /** Wraps within its width. Returns its height in millimetres. */
  text(text: string, where: PdfText): number;
  /** The height the text would take. */
  heightOf(text: string, where: Pick<PdfText, 'width' | 'size' | 'bold'>): number;
  line(from: readonly [x: number, y: number], to: readonly [x: number, y: number]): void;
  frame(x: number, y: number, width: number, height: number): void;
  /** A QR code with the quiet zone that cameras want inside `side`. */
  qr(text: string, where: { readonly x: number; readonly y: number; readonly side: number }): void;
}

export interface Faces {
  readonly regular: string;
  readonly bold: string;
}

/** @param faces Files of the fonts. */
export function pdfSheet(doc: InstanceType<typeof PDFDocument>, faces: Faces): PdfSheet {
  /** Japanese lines want air between them. */
  function choose({ size = 10, bold = false }: Pick<PdfText, 'size' | 'bold'>) {
    doc.font(bold ? faces.bold : faces.regular).fontSize(size);
    return { lineGap: size / 4 };
  }

  function heightOf(text: string, where: Pick<PdfText, 'width' | 'size' | 'bold'>): number {
    return doc.heightOfString(text, { ...choose(where), width: points(where.width) }) / pointsPerMm;
  }

  return {
    page: () => {
      doc.addPage();
    },
    heightOf,
    text(text, where) {
      const { x, y, width, align = 'left', maxHeight } = where;
      const limit = maxHeight === undefined ? {} : { height: points(maxHeight), ellipsis: true };
      doc.text(text, points(x), points(y), { ...choose(where), width: points(width), align, ...limit });
      // Asking for the height beforehand would lay the text out a second time.
      const height = doc.y / pointsPerMm - y;
      return maxHeight === undefined ? height : Math.min(height, maxHeight);
    },
    line([fromX, fromY], [toX, toY]) {
      doc.moveTo(points(fromX), points(fromY)).lineTo(points(toX), points(toY)).lineWidth(0.5).stroke();
    },
    frame(x, y, width, height) {
      doc.rect(points(x), points(y), points(width), points(height)).lineWidth(0.5).stroke();
    },
    qr(text, { x, y, side }) {
      const rows = encodeQR(text, 'raw', { border: quietZone, ecc: 'medium' });
      const module = points(side) / rows.length;
      for (const [row, cells] of rows.entries()) {
        for (const [start, length] of runsOf(cells)) {
          doc.rect(points(x) + start * module, points(y) + row * module, length * module, module);
        }
      }
      doc.fill('black');
    },
  };
}

/** ISO/IEC 18004: four modules on each side. */
const quietZone = 4;

/** Dark modules beside each other are one shape: printers show gaps between neighbours. */
function runsOf(cells: readonly boolean[]): ReadonlyArray<readonly [start: number, length: number]> {
  const runs: Array<readonly [start: number, length: number]> = [];
  let start = 0;
  while (start < cells.length) {
    let end = start;
    while (cells[end] === true) end += 1;
    if (end > start) runs.push([start, end - start]);
    start = end + 1;
  }
  return runs;
}

function points(mm: number): number {
  return mm * pointsPerMm;
}
