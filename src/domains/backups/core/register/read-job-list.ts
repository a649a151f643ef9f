/** A list of jobs as text: CSV, a JSON array or JSON Lines; made by people, by programs, or by the export. */
import { z } from 'zod';

import { readCsvRows } from '#kernel/csv';
import { KuraError } from '#kernel/errors';

import type { ImportBody } from '../../contract/index.ts';

/** What a row gives, by the names of the facts. */
export type RawRow = Readonly<Record<string, unknown>>;

const rawRowsSchema = z.array(z.record(z.string(), z.unknown()));
const mostRows = 20_000;

/** @throws KuraError invalid `backups.import-unreadable`. */
export function readJobList(body: ImportBody): readonly RawRow[] {
  const rows = rowsOf(body);
  if (rows.length <= mostRows) return rows;
  throw new KuraError('invalid', 'backups.import-unreadable', { params: { reason: `${rows.length} > ${mostRows}` } });
}

function rowsOf({ format, text }: ImportBody): readonly RawRow[] {
  if (format === 'csv') return rowsOfCsv(text);
  const whole = text.replace(/^\uFEFF/, '');
  if (/^\s*\[/.test(whole)) return rowsOfJson(() => JSON.parse(whole), 'JSON');
  const lines = whole.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  return lines.flatMap(({ line, number }) => rowsOfJson(() => [JSON.parse(line)], `JSON: ${number}`));
}

function rowsOfJson(parse: () => unknown, reason: string): readonly RawRow[] {
  try {
    return rawRowsSchema.parse(parse());
  } catch (error) {
    throw new KuraError('invalid', 'backups.import-unreadable', { params: { reason }, cause: error });
  }
}

/** An export says everything: an empty cell of it is an empty fact, elsewhere a fact that nobody spoke of. */
function rowsOfCsv(text: string): readonly RawRow[] {
  const [header, ...rows] = readCsvRows(text).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const names = (header?.cells ?? []).map((name) => name.trim());
  const isWhole = ofExportsOnly.every((name) => names.includes(name));
  return rows.map(({ cells, line, unclosed }) => {
    if (unclosed) throw new KuraError('invalid', 'backups.import-unreadable', { params: { reason: `CSV: ${line}` } });
    return Object.fromEntries(
      names.flatMap((name, index) => {
        const cell = (isWhole ? cells[index] : cells[index]?.trim()) ?? '';
        if (cell !== '') return [[name, cellValue(name, cell)] as const];
        return isWhole ? [[name, emptyValue(name)] as const] : [];
      }),
    );
  });
}

/** Columns that nobody writes by hand together. */
const ofExportsOnly = ['active', 'archivedAt', 'legalHold'];

const numbers: ReadonlySet<string> = new Set([
  'everyHours',
  'verifyEveryDays',
  'rpoMinutes',
  'rtoMinutes',
  'retentionDays',
]);

function cellValue(name: string, cell: string): unknown {
  if (name === 'tags') return cell.split(';').map((tag) => tag.trim());
  if (name === 'active' && ['yes', 'no'].includes(cell)) return cell === 'yes';
  return numbers.has(name) && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}

function emptyValue(name: string): unknown {
  if (name === 'tags') return [];
  return name === 'description' ? '' : null;
}
