/** Curation reports as rows, and two counts only they need. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { CurationReport } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

type Listed = 'overdue' | 'review' | 'unread' | 'doubted';

/** Entries by their ids: one that is removed or renamed is so in old reports, too. */
export type KeptCuration = Omit<CurationReport, 'id' | 'madeAt' | 'madeBy' | Listed> &
  Readonly<Record<Listed, { readonly total: number; readonly ids: readonly string[] }>>;

export interface KeptReport {
  readonly id: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly content: KeptCuration;
}

export async function insertCuration(tables: Writes, { id, madeAt, madeBy, content }: KeptReport): Promise<void> {
  const row = { id, made_at: madeAt, made_by: madeBy, told: 0, content: JSON.stringify(content) };
  await tables.insertInto('knowledge_curation_reports').values(row).execute();
}

/** The newest first. */
export async function listCurations(reads: Reads, limit: number): Promise<readonly KeptReport[]> {
  return (await newestRows(reads, limit).selectAll().execute()).map((row) => reportOf(row));
}

export async function findCuration(reads: Reads, id: string): Promise<KeptReport | undefined> {
  const row = await reads.selectFrom('knowledge_curation_reports').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : reportOf(row);
}

function newestRows(reads: Reads, limit: number) {
  return reads.selectFrom('knowledge_curation_reports').orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit);
}

function reportOf(row: Selectable<KnowledgeTables['knowledge_curation_reports']>): KeptReport {
  const content = JSON.parse(row.content) as KeptCuration;
  return { id: row.id, madeAt: row.made_at, madeBy: row.made_by, content };
}

/** All but the newest so many go. */
export async function keepNewestCurations(tables: Writes, count: number): Promise<void> {
  const newest = (await newestRows(tables, count).select('id').execute()).map(({ id }) => id);
  if (newest.length > 0) await tables.deleteFrom('knowledge_curation_reports').where('id', 'not in', newest).execute();
}

/** Whether it was not told of before; it is, from now on. */
export async function takeUntoldCuration(tables: Writes, id: string): Promise<boolean> {
  const rows = await tables
    .updateTable('knowledge_curation_reports')
    .set({ told: 1 })
    .where('id', '=', id)
    .where('told', '=', 0)
    .returning('id')
    .execute();
  return rows.length > 0;
}

export async function countOpenTasks(
  reads: Reads,
  today: string,
): Promise<{ readonly open: number; readonly late: number }> {
  const query = reads.selectFrom('knowledge_tasks').where('closed_at', 'is', null);
  const { open } = await query.select(({ fn }) => fn.countAll<number>().as('open')).executeTakeFirstOrThrow();
  const { late } = await query
    .where('due_on', '<', today)
    .select(({ fn }) => fn.countAll<number>().as('late'))
    .executeTakeFirstOrThrow();
  return { open, late };
}

/** Of entries that are both there. */
export async function countPendingPairs(reads: Reads): Promise<number> {
  const { pairs } = await reads
    .selectFrom('knowledge_duplicate_pairs as p')
    .innerJoin('knowledge_entries as a', 'a.id', 'p.one_id')
    .innerJoin('knowledge_entries as b', 'b.id', 'p.other_id')
    .where('p.state', '=', 'pending')
    .select(({ fn }) => fn.countAll<number>().as('pairs'))
    .executeTakeFirstOrThrow();
  return pairs;
}

export async function entriesInReview(
  reads: Reads,
  limit: number,
): Promise<{ readonly total: number; readonly items: ReadonlyArray<{ readonly id: string }> }> {
  const query = reads.selectFrom('knowledge_entries').where('status', '=', 'review');
  const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const items = await query.select('id').orderBy('updated_at').orderBy('id').limit(limit).execute();
  return { total, items };
}
