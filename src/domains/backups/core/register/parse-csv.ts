/** Comma-separated values as spreadsheets write them (RFC 4180): quotes, doubled quotes, line breaks inside them. */
import { KuraError } from '#kernel/errors';

/** Rows of cells, without empty lines. @throws KuraError `backups.import-unreadable` for a quote that does not end. */
export function parseCsv(text: string): ReadonlyArray<readonly string[]> {
  const rows: string[][] = [];
  let row: string[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  while (end < text.length) {
    const cell = readCell(text, end);
    row.push(cell.value);
    end = cell.end + 1;
    if (text[cell.end] === ',') {
      if (end === text.length) row.push('');
      continue;
    }
    if (text[cell.end] === '\r' && text[end] === '\n') end += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

interface Cell {
  readonly value: string;
  /** Where the comma or line break after it is, or the end of the text. */
  readonly end: number;
}

function readCell(text: string, start: number): Cell {
  if (text[start] !== '"') {
    const end = nextBreak(text, start);
    return { value: text.slice(start, end), end };
  }
  let value = '';
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) {
      const params = { reason: text.slice(start, start + 40) };
      throw new KuraError('invalid', 'backups.import-unreadable', { params });
    }
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: nextBreak(text, quote + 1) };
    value += '"';
    from = quote + 2;
  }
}

function nextBreak(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === ',' || sign === '\n' || sign === '\r') return at;
  }
  return text.length;
}
