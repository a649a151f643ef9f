/** What people said of findings, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { FindingState } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

export interface FindingMark {
  readonly finding: string;
  readonly state: FindingState;
  readonly note: string | null;
  readonly at: string;
  readonly by: string;
}

export async function findingMarksOf(
  reads: ReadTables<KnowledgeTables>,
  entryId: string,
): Promise<readonly FindingMark[]> {
  return await reads
    .selectFrom('knowledge_finding_marks')
    .select(['finding', 'state', 'note', 'marked_at as at', 'marked_by as by'])
    .where('entry_id', '=', entryId)
    .execute();
}

export async function putFindingMark(
  tables: Tables<KnowledgeTables>,
  entryId: string,
  { finding, state, note, at, by }: FindingMark,
): Promise<void> {
  const said = { state, note, marked_at: at, marked_by: by };
  await tables
    .insertInto('knowledge_finding_marks')
    .values({ entry_id: entryId, finding, ...said })
    .onConflict((conflict) => conflict.columns(['entry_id', 'finding']).doUpdateSet(said))
    .execute();
}

export async function deleteFindingMarksOf(tables: Tables<KnowledgeTables>, ids: readonly string[]): Promise<void> {
  await tables.deleteFrom('knowledge_finding_marks').where('entry_id', 'in', ids).execute();
}
