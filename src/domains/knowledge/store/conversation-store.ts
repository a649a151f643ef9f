/** Conversations and their turns, as rows. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import { type KeptAnswer, keptAnswerSchema } from '../core/asking/kept-answer.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

export interface StoredConversation {
  readonly id: string;
  readonly person: string;
  readonly entryId: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
}

export interface StoredTurn {
  /** From 1. */
  readonly number: number;
  readonly key: string;
  readonly question: string;
  readonly askedAt: string;
  readonly answer: KeptAnswer;
}

export interface ListedConversation {
  readonly id: string;
  readonly question: string | null;
  readonly questions: number;
  readonly updatedAt: string;
}

/** Of one person, last continued first. */
export async function conversationsOf(
  reads: ReadTables<KnowledgeTables>,
  person: string,
  limit: number,
): Promise<readonly ListedConversation[]> {
  return await reads
    .selectFrom('knowledge_conversations as c')
    .leftJoin('knowledge_conversation_turns as t', (join) =>
      join.onRef('t.conversation_id', '=', 'c.id').on('t.number', '=', 1),
    )
    .select([
      'c.id',
      't.question',
      'c.updated_at as updatedAt',
      sql<number>`(select count(*) from knowledge_conversation_turns o where o.conversation_id = c.id)`.as('questions'),
    ])
    .where('c.person', '=', person)
    .orderBy('c.updated_at', 'desc')
    .orderBy('c.id')
    .limit(limit)
    .execute();
}

export async function findConversation(
  reads: ReadTables<KnowledgeTables>,
  person: string,
  id: string,
): Promise<StoredConversation | undefined> {
  return await reads
    .selectFrom('knowledge_conversations')
    .select(['id', 'person', 'entry_id as entryId', 'started_at as startedAt', 'updated_at as updatedAt'])
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst();
}

/** In the order they were asked. */
export async function turnsOf(reads: ReadTables<KnowledgeTables>, id: string): Promise<readonly StoredTurn[]> {
  const rows = await reads
    .selectFrom('knowledge_conversation_turns')
    .select(['number', 'key', 'question', 'asked_at', 'answer'])
    .where('conversation_id', '=', id)
    .orderBy('number')
    .execute();
  return rows.map(({ asked_at: askedAt, answer, ...row }) => {
    return { ...row, askedAt, answer: keptAnswerSchema.parse(JSON.parse(answer)) };
  });
}

export async function insertConversation(
  tables: Tables<KnowledgeTables>,
  { id, person, entryId, startedAt, updatedAt }: StoredConversation,
): Promise<void> {
  await tables
    .insertInto('knowledge_conversations')
    .values({ id, person, entry_id: entryId, started_at: startedAt, updated_at: updatedAt })
    .execute();
}

/** Two who ask at once come one after the other, because both write this row first. */
export async function touchConversation(tables: Tables<KnowledgeTables>, id: string, now: string): Promise<void> {
  await tables.updateTable('knowledge_conversations').set({ updated_at: now }).where('id', '=', id).execute();
}

export async function insertTurn(tables: Tables<KnowledgeTables>, id: string, turn: StoredTurn): Promise<void> {
  const { number, key, question, askedAt, answer } = turn;
  await tables
    .insertInto('knowledge_conversation_turns')
    .values({ conversation_id: id, number, key, question, asked_at: askedAt, answer: JSON.stringify(answer) })
    .execute();
}

export async function setHandedOver(tables: Tables<KnowledgeTables>, id: string, entryId: string): Promise<void> {
  await tables.updateTable('knowledge_conversations').set({ entry_id: entryId }).where('id', '=', id).execute();
}

export async function deleteConversation(tables: Tables<KnowledgeTables>, id: string): Promise<void> {
  await tables.deleteFrom('knowledge_conversations').where('id', '=', id).execute();
}

export async function deleteConversationsBefore(tables: Tables<KnowledgeTables>, moment: string): Promise<void> {
  await tables.deleteFrom('knowledge_conversations').where('updated_at', '<', moment).execute();
}

/** All of one person but the last `kept` that were continued. */
export async function deleteConversationsBeyond(
  tables: Tables<KnowledgeTables>,
  person: string,
  kept: number,
): Promise<void> {
  const rows = await tables
    .selectFrom('knowledge_conversations')
    .select('id')
    .where('person', '=', person)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1000)
    .offset(kept)
    .execute();
  const ids = rows.map(({ id }) => id);
  await tables.deleteFrom('knowledge_conversations').where('id', 'in', ids).execute();
}
