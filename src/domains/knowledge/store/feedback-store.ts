/** Voices and tasks as rows. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { FeedbackKind, KnowledgeTask } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

export interface Voice {
  readonly entryId: string;
  readonly person: string;
  readonly kind: FeedbackKind;
  readonly comment: string | null;
  readonly at: string;
}

export async function putVoice(tables: Writes, { entryId, person, kind, comment, at }: Voice): Promise<void> {
  await tables
    .insertInto('knowledge_feedback')
    .values({ entry_id: entryId, person, kind, comment, given_at: at })
    .onConflict((conflict) => conflict.columns(['entry_id', 'person']).doUpdateSet({ kind, comment, given_at: at }))
    .execute();
}

export async function voicesOf(
  reads: Reads,
  entryId: string,
): Promise<ReadonlyArray<{ readonly person: string; readonly kind: FeedbackKind }>> {
  return await reads
    .selectFrom('knowledge_feedback')
    .select(['person', 'kind'])
    .where('entry_id', '=', entryId)
    .execute();
}

export interface TaskCare {
  /** User name. */
  readonly assignee: string | null;
  /** A day, YYYY-MM-DD. */
  readonly dueOn: string | null;
}

export interface OpenedTask extends Voice, TaskCare {
  readonly id: string;
}

/** The open task of this person about this entry is replaced. */
export async function putTask(
  tables: Writes,
  { id, entryId, person, kind, comment, at, assignee, dueOn }: OpenedTask,
): Promise<void> {
  await deleteOpenTask(tables, { entryId, person });
  await tables
    .insertInto('knowledge_tasks')
    .values({
      id,
      entry_id: entryId,
      kind,
      comment,
      opened_at: at,
      opened_by: person,
      closed_at: null,
      closed_by: null,
      outcome: null,
      assignee,
      due_on: dueOn,
      resolution: null,
    })
    .execute();
}

/** Of the open task of this person about this entry; undefined without one. */
export async function careOfOpenTask(
  reads: Reads,
  { entryId, person }: Pick<Voice, 'entryId' | 'person'>,
): Promise<TaskCare | undefined> {
  return await reads
    .selectFrom('knowledge_tasks')
    .select(['assignee', 'due_on as dueOn'])
    .where('entry_id', '=', entryId)
    .where('opened_by', '=', person)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

export async function deleteOpenTask(
  tables: Writes,
  { entryId, person }: Pick<Voice, 'entryId' | 'person'>,
): Promise<void> {
  await tables
    .deleteFrom('knowledge_tasks')
    .where('entry_id', '=', entryId)
    .where('opened_by', '=', person)
    .where('closed_at', 'is', null)
    .execute();
}

export interface TaskFilter {
  readonly scope: ReadingScope | undefined;
  readonly isOpen?: boolean;
  readonly id?: string;
  readonly assignee?: string | undefined;
  readonly limit: number;
}

export async function tasksOf(
  reads: Reads,
  { scope, isOpen, id, assignee, limit }: TaskFilter,
): Promise<readonly KnowledgeTask[]> {
  let query = reads
    .selectFrom('knowledge_tasks as t')
    .innerJoin('knowledge_entries as e', 'e.id', 't.entry_id')
    .selectAll('t')
    .select(['e.title', 'e.type', 'e.status'])
    .where(readable(scope, 'e'));
  if (isOpen !== undefined) query = query.where('t.closed_at', isOpen ? 'is' : 'is not', null);
  if (id !== undefined) query = query.where('t.id', '=', id);
  if (assignee !== undefined) query = query.where('t.assignee', '=', assignee);
  const rows = await query
    .orderBy(sql`case when t.due_on is null then 1 else 0 end`)
    .orderBy('t.due_on')
    .orderBy('t.opened_at')
    .orderBy('t.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    entry: { id: row.entry_id, title: row.title, type: row.type, status: row.status },
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    comment: row.comment,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    outcome: row.outcome,
    assignee: row.assignee,
    dueOn: row.due_on,
    resolution: row.resolution,
  }));
}

export async function closeTaskRow(
  tables: Writes,
  id: string,
  closed: {
    readonly at: string;
    readonly by: string;
    readonly outcome: 'done' | 'dismissed';
    readonly resolution: string | null;
  },
): Promise<void> {
  await tables
    .updateTable('knowledge_tasks')
    .set({ closed_at: closed.at, closed_by: closed.by, outcome: closed.outcome, resolution: closed.resolution })
    .where('id', '=', id)
    .execute();
}

/** Of an open one. */
export async function assignTaskRow(tables: Writes, id: string, { assignee, dueOn }: TaskCare): Promise<void> {
  await tables.updateTable('knowledge_tasks').set({ assignee, due_on: dueOn }).where('id', '=', id).execute();
}

/** What was said of `from` was said of `to`; who spoke of both, spoke of `to`. */
export async function moveVoices(tables: Writes, from: string, to: string): Promise<void> {
  const rows = await tables.selectFrom('knowledge_feedback').selectAll().where('entry_id', '=', from).execute();
  for (const row of rows) {
    await tables
      .insertInto('knowledge_feedback')
      .values({ ...row, entry_id: to })
      .onConflict((conflict) => conflict.columns(['entry_id', 'person']).doNothing())
      .execute();
  }
  await tables.deleteFrom('knowledge_feedback').where('entry_id', '=', from).execute();
  await tables.updateTable('knowledge_tasks').set({ entry_id: to }).where('entry_id', '=', from).execute();
}

export async function deleteVoicesOf(tables: Writes, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables.deleteFrom('knowledge_feedback').where('entry_id', 'in', ids).execute();
  await tables.deleteFrom('knowledge_tasks').where('entry_id', 'in', ids).execute();
}
