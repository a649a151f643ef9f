import { csvLine } from '#kernel/csv';

import type { PrintedCell, PrintedTable } from './printed-document.ts';

/** RFC 4180, figures as numbers. @param bom what spreadsheets want in order to read Japanese. */
export function renderCsv({ columns, rows }: PrintedTable, bom: boolean): string {
  const head = csvLine(columns.map(({ title }) => title));
  return (bom ? '\u{feff}' : '') + head + rows.map((cells) => csvLine(cells.map(valueOf))).join('');
}

function valueOf(cell: PrintedCell): string | number | null {
  return cell === null || typeof cell === 'string' ? cell : cell.value;
}
