/** Counts over the library and the quarantine. */
import type { Database } from '#platform/db';

import type { LibraryState } from '../contract/index.ts';
import type { ModelsTables } from './models-tables.ts';

export interface LibrarySum {
  readonly value: string;
  readonly files: number;
  readonly bytes: number;
}

/** Largest first; files without the value count under an empty one. */
export async function sumLibraryBy(database: Database, column: 'type' | 'base_model'): Promise<readonly LibrarySum[]> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .select(({ fn }) => [column, fn.countAll<number>().as('files'), fn.sum<number>('size_bytes').as('bytes')])
    .groupBy(column)
    .execute();
  return rows
    .map((row) => ({ value: row[column] ?? '', files: row.files, bytes: row.bytes }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

export async function countLibrary(
  database: Database,
): Promise<readonly { readonly state: LibraryState; readonly files: number }[]> {
  return database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .select(({ fn }) => ['state', fn.countAll<number>().as('files')])
    .groupBy('state')
    .orderBy('state')
    .execute();
}

/** Files by what their content tells, most first; those that do not tell are not counted. */
export async function countByContent(
  database: Database,
  column: 'kind' | 'base',
): Promise<readonly { readonly id: string; readonly files: number }[]> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .innerJoin('file_facts', 'file_facts.sha256', 'library_files.sha256')
    .select(({ fn }) => [column, fn.countAll<number>().as('files')])
    .groupBy(column)
    .execute();
  return rows
    .flatMap(({ [column]: id, files }) => (id === null ? [] : [{ id, files }]))
    .toSorted((a, b) => b.files - a.files || a.id.localeCompare(b.id));
}

export async function countQuarantine(database: Database): Promise<number> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('quarantine_items')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('restored_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}
