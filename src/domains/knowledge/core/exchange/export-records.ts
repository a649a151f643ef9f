/** Entries in one file instead of a folder, page by page: as much as the reader may see. */
import type { Database } from '#platform/db';

import type { EntryType, ExportedRecords } from '../../contract/index.ts';
import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { mayRead, type Reader, scopeOf } from '../entries/reading-scope.ts';
import { type RecordFormat, recordWriters } from './write-records.ts';

export interface RecordsAsked {
  readonly format: RecordFormat;
  /** `next` of the page before. */
  readonly after?: number | undefined;
  readonly type?: readonly EntryType[] | undefined;
}

/** Looked at for one page; those the reader may not see among them. */
const entriesPerPage = 500;

export async function exportRecords(
  database: Database,
  reader: Reader,
  { format, after, type }: RecordsAsked,
): Promise<ExportedRecords> {
  const { mediaType, head, write } = recordWriters[format];
  const scope = scopeOf(reader);
  const read = await entriesAfter(database.tables<KnowledgeTables>(), after ?? 0, entriesPerPage);
  const shown = read.filter((entry) => mayRead(scope, entry) && (type === undefined || type.includes(entry.type)));
  return {
    mediaType,
    content: `${after === undefined ? head : ''}${shown.map(write).join('')}`,
    entries: shown.length,
    next: read.length < entriesPerPage ? null : (read.at(-1)?.position ?? null),
  };
}
