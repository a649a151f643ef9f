/** What entries and their files said when they last agreed, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { KnowledgeTables } from './knowledge-tables.ts';

export interface SyncedEntry {
  readonly entryId: string;
  /** Seen from the folder. */
  readonly file: string;
  readonly entryState: string;
  readonly fileState: string;
}

export async function syncedEntries(
  reads: ReadTables<KnowledgeTables>,
  folder: string,
): Promise<readonly SyncedEntry[]> {
  const rows = await reads.selectFrom('knowledge_synced').selectAll().where('folder', '=', folder).execute();
  return rows.map((row) => ({
    entryId: row.entry_id,
    file: row.file,
    entryState: row.entry_state,
    fileState: row.file_state,
  }));
}

export async function putSynced(tables: Tables<KnowledgeTables>, folder: string, synced: SyncedEntry): Promise<void> {
  const { entryId, file, entryState, fileState } = synced;
  const said = { file, entry_state: entryState, file_state: fileState };
  await tables
    .insertInto('knowledge_synced')
    .values({ folder, entry_id: entryId, ...said })
    .onConflict((conflict) => conflict.columns(['folder', 'entry_id']).doUpdateSet(said))
    .execute();
}

export async function deleteSynced(tables: Tables<KnowledgeTables>, folder: string, entryId: string): Promise<void> {
  await tables
    .deleteFrom('knowledge_synced')
    .where('folder', '=', folder)
    .where('entry_id', '=', entryId)
    .executeTakeFirst();
}
