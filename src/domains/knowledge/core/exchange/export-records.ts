/** Entries in one file instead of a folder, page by page: as much as the reader may see. */
import type { Database } from '#platform/db';

import type { ExportedRecords } from '../../contract/index.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { type ChosenEntries, chosenPage } from './chosen-entries.ts';
import { type RecordFormat, recordWriters } from './write-records.ts';

export interface RecordsAsked extends ChosenEntries {
  readonly format: RecordFormat;
  /** `next` of the page before. */
  readonly after?: number | undefined;
}

export async function exportRecords(
  database: Database,
  reader: Reader,
  { format, after, ...chosen }: RecordsAsked,
): Promise<ExportedRecords> {
  const { mediaType, head, write } = recordWriters[format];
  const { entries, next } = await chosenPage(database, reader, { chosen, after: after ?? 0 });
  return {
    mediaType,
    content: `${after === undefined ? head : ''}${entries.map(write).join('')}`,
    entries: entries.length,
    next,
  };
}
