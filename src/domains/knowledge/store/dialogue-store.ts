/** Dialogues that are under way, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import { type DialogueState, dialogueStateSchema } from '../core/dialogues/dialogue-state.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

export interface StoredDialogue {
  readonly id: string;
  readonly person: string;
  readonly state: DialogueState;
  readonly startedAt: string;
  readonly updatedAt: string;
}

/** Of one person, last continued first. */
export async function dialoguesOf(
  reads: ReadTables<KnowledgeTables>,
  person: string,
  limit: number,
): Promise<readonly StoredDialogue[]> {
  const rows = await reads
    .selectFrom('knowledge_dialogues')
    .selectAll()
    .where('person', '=', person)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(dialogueOf);
}

export async function findDialogue(
  reads: ReadTables<KnowledgeTables>,
  person: string,
  id: string,
): Promise<StoredDialogue | undefined> {
  const row = await reads
    .selectFrom('knowledge_dialogues')
    .selectAll()
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst();
  return row === undefined ? undefined : dialogueOf(row);
}

function dialogueOf(row: KnowledgeTables['knowledge_dialogues']): StoredDialogue {
  return {
    id: row.id,
    person: row.person,
    state: dialogueStateSchema.parse(JSON.parse(row.state)),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
  };
}

export async function putDialogue(tables: Tables<KnowledgeTables>, dialogue: StoredDialogue): Promise<void> {
  const { id, person, startedAt, updatedAt } = dialogue;
  const state = JSON.stringify(dialogue.state);
  await tables
    .insertInto('knowledge_dialogues')
    .values({ id, person, state, started_at: startedAt, updated_at: updatedAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ state, updated_at: updatedAt }))
    .execute();
}

export async function deleteDialogue(tables: Tables<KnowledgeTables>, id: string): Promise<void> {
  await tables.deleteFrom('knowledge_dialogues').where('id', '=', id).executeTakeFirst();
}

export async function deleteDialoguesBefore(tables: Tables<KnowledgeTables>, moment: string): Promise<void> {
  await tables.deleteFrom('knowledge_dialogues').where('updated_at', '<', moment).execute();
}
