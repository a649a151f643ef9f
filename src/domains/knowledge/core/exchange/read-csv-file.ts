/** Records out of a CSV file (RFC 4180) whose first row names the columns; an empty cell says nothing. */
import { readFile, stat } from 'node:fs/promises';

import { type CsvRow, readCsvRows } from '#kernel/csv';
import { MIB } from '#kernel/units';

import { decodeText } from './decode-text.ts';
import { fieldOf } from './entry-columns.ts';
import { readRecord, skipBecause } from './import-record.ts';
import type { SourceRecord } from './source-record.ts';

/** It is read as a whole. */
const longestFile = 128 * MIB;

export async function* readCsvFile(path: string, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  const { size } = await stat(path);
  if (size > longestFile) {
    yield { file: path, read: skipBecause('knowledge.skip-too-large', { limit: longestFile }) };
    return;
  }
  const text = decodeText(await readFile(path, { signal }));
  if (typeof text !== 'string') {
    yield { file: path, read: text };
    return;
  }
  const [head, ...rows] = readCsvRows(text);
  const fields = (head?.cells ?? []).map(fieldOf);
  if (!fields.includes('title') || !fields.includes('body')) {
    yield { file: path, line: 1, read: skipBecause('knowledge.skip-no-columns') };
    return;
  }
  for (const row of rows) {
    signal.throwIfAborted();
    if (row.cells.some((cell) => cell.trim() !== '')) yield { file: path, line: row.line, read: recordOf(row, fields) };
  }
}

function recordOf({ cells }: CsvRow, fields: readonly (string | undefined)[]): SourceRecord['read'] {
  const record: Record<string, unknown> = { type: 'other' };
  for (const [place, field] of fields.entries()) {
    const cell = cells[place] ?? '';
    if (field === undefined || cell === '') continue;
    record[field] = field === 'tags' ? tagsOf(cell) : cell;
  }
  return readRecord(record);
}

function tagsOf(cell: string): readonly string[] {
  return cell
    .split(/[;,、\n]/u)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
