/** CSV by RFC 4180, harmless to spreadsheets: a cell that would be a formula gets an apostrophe in front. */

/** Null is an empty cell. */
export type Cell = string | number | null;

/** What spreadsheets take for the beginning of a formula; the wide forms, too, where Japanese is typed (OWASP). */
const formulaStart = /^[=+\-@＝＋－＠\t\r\n]/;
const guarded = /^'(?=[=+\-@＝＋－＠\t\r\n'])/;

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  // An own apostrophe is doubled, so that reading takes away exactly what writing put there.
  const safe = formulaStart.test(cell) || guarded.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of cells as they were written; also of files with LF and with a byte order mark. Never throws. */
export function readCsv(text: string): readonly (readonly string[])[] {
  return readCsvRows(text).map(({ cells }) => cells);
}

export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote in it does not end, or has something behind it: the rest of that line is one cell, as it stands. */
  readonly unclosed: boolean;
}

/** The same with the lines they stand on: a quoted cell may have several. */
export function readCsvRows(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let next = 1;
  let unclosed = false;
  for (const { cell, end, torn } of cellsOf(text.replace(/^\uFEFF/, ''))) {
    cells.push(cell.replace(guarded, ''));
    unclosed ||= torn;
    next += cell.split('\n').length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells, unclosed });
    cells = [];
    unclosed = false;
    next += 1;
    line = next;
  }
  return rows;
}

/** A quoted or a plain cell and what ends it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/y;

function* cellsOf(text: string): Generator<{ readonly cell: string; readonly end: string; readonly torn: boolean }> {
  const pattern = new RegExp(cellPattern);
  while (pattern.lastIndex <= text.length) {
    const at = pattern.lastIndex;
    const cell = pattern.exec(text);
    const match = cell ?? wholeLine(text, at);
    pattern.lastIndex = at + match[0].length;
    const [whole, quoted, plain = '', end = ''] = match;
    const torn = cell === null || (quoted === undefined && plain.startsWith('"'));
    yield { cell: quoted?.replaceAll('""', '"') ?? plain, end, torn };
    if (end === '' && at + whole.length >= text.length) return;
  }
}

/** A quote that is not closed or has something behind it: the line as it stands. */
function wholeLine(text: string, at: number): readonly [string, undefined, string, string] {
  const line = /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? '';
  const end = /^(?:\r?\n|\r|$)/.exec(text.slice(at + line.length))?.[0] ?? '';
  return [line + end, undefined, line, end];
}
