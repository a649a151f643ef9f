/** Entries as rows of CSV or lines of JSON; what is written comes back unchanged by an import. */
import { csvLine } from '#kernel/csv';

import type { Entry } from '../entries/entry-content.ts';
import { entryCells, entryColumns } from './entry-columns.ts';

export const recordFormats = ['csv', 'jsonl'] as const;
export type RecordFormat = (typeof recordFormats)[number];

interface RecordWriter {
  readonly mediaType: string;
  /** What comes before the first entry. */
  readonly head: string;
  readonly write: (entry: Entry) => string;
}

/** A byte order mark tells spreadsheets that it is UTF-8. */
const csvWriter: RecordWriter = {
  mediaType: 'text/csv; charset=utf-8',
  head: `\uFEFF${csvLine(entryColumns)}`,
  write: (entry) => csvLine(entryCells(entry)),
};

const jsonLinesWriter: RecordWriter = {
  mediaType: 'application/x-ndjson',
  head: '',
  write(entry) {
    const cells = entryCells(entry).map((cell, place) => [entryColumns[place] ?? '', cell] as const);
    const fields = Object.fromEntries(cells.filter(([, cell]) => cell !== null));
    return `${JSON.stringify({ ...fields, tags: entry.tags })}\n`;
  },
};

export const recordWriters: Readonly<Record<RecordFormat, RecordWriter>> = { csv: csvWriter, jsonl: jsonLinesWriter };
