/** What people say of Kura itself, as rows. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { SystemFeedback, SystemFeedbackCategory } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

type Reads = ReadTables<KnowledgeTables>;

export async function insertSystemFeedback(tables: Tables<KnowledgeTables>, given: SystemFeedback): Promise<void> {
  const { id, category, title, description, givenAt, givenBy } = given;
  await tables
    .insertInto('knowledge_system_feedback')
    .values({ id, category, title, description, given_at: givenAt, given_by: givenBy, ...caredFor(given) })
    .execute();
}

export async function updateSystemFeedback(tables: Tables<KnowledgeTables>, given: SystemFeedback): Promise<void> {
  await tables.updateTable('knowledge_system_feedback').set(caredFor(given)).where('id', '=', given.id).execute();
}

function caredFor({ priority, status, assignee, answer, updatedAt, resolvedAt }: SystemFeedback) {
  return { priority, status, assignee, answer, updated_at: updatedAt, resolved_at: resolvedAt };
}

export async function findSystemFeedback(reads: Reads, id: string): Promise<SystemFeedback | undefined> {
  return await selected(reads).where('id', '=', id).executeTakeFirst();
}

/** The newest first. */
export async function systemFeedbackBy(
  reads: Reads,
  person: string,
  limit: number,
): Promise<readonly SystemFeedback[]> {
  return await selected(reads)
    .where('given_by', '=', person)
    .orderBy('given_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** How much of what this person gave nobody has settled. */
export async function countOpenSystemFeedback(reads: Reads, person: string): Promise<number> {
  const { open } = await reads
    .selectFrom('knowledge_system_feedback')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('given_by', '=', person)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return open;
}

interface SystemFeedbackFilter {
  readonly isOpen: boolean;
  readonly category?: SystemFeedbackCategory | undefined;
  readonly limit: number;
}

/** The most urgent first, the oldest of them first. */
export async function systemFeedbackOf(
  reads: Reads,
  { isOpen, category, limit }: SystemFeedbackFilter,
): Promise<readonly SystemFeedback[]> {
  let query = selected(reads).where('resolved_at', isOpen ? 'is' : 'is not', null);
  if (category !== undefined) query = query.where('category', '=', category);
  return await query
    .orderBy(sql`case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end`)
    .orderBy('given_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

function selected(reads: Reads) {
  return reads
    .selectFrom('knowledge_system_feedback')
    .select(['id', 'category', 'title', 'description', 'priority', 'status', 'assignee', 'answer'])
    .select(['given_at as givenAt', 'given_by as givenBy', 'updated_at as updatedAt', 'resolved_at as resolvedAt']);
}
