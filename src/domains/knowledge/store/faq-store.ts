/** Questions with answers, their versions, voices and decided candidates, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import { type FaqContent, type FaqVersion, faqContentSchema } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

export interface StoredFaq {
  readonly id: string;
  readonly number: number;
  readonly content: FaqContent;
  readonly version: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly note: string | null;
}

/** In the order of their numbers. */
export async function allFaq(reads: Reads): Promise<readonly StoredFaq[]> {
  const rows = await reads.selectFrom('knowledge_faq').selectAll().orderBy('number').execute();
  return rows.map(faqOf);
}

/** Those that the entry with this id answers, in the order of their numbers. */
export async function faqAnsweredBy(reads: Reads, entryId: string): Promise<readonly StoredFaq[]> {
  // As `JSON.stringify` writes it; what only looks like it, in somebody's text, is sorted out by reading.
  const written = JSON.stringify({ entryId }).slice(1, -1);
  const rows = await reads
    .selectFrom('knowledge_faq')
    .selectAll()
    .where('content', 'like', `%${written}%`)
    .orderBy('number')
    .execute();
  return rows.map(faqOf).filter(({ content }) => content.entryId === entryId);
}

export async function findFaq(reads: Reads, id: string): Promise<StoredFaq | undefined> {
  const row = await reads.selectFrom('knowledge_faq').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : faqOf(row);
}

function faqOf(row: KnowledgeTables['knowledge_faq']): StoredFaq {
  return {
    id: row.id,
    number: row.number,
    content: faqContentSchema.parse(JSON.parse(row.content)),
    version: row.version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    note: row.note,
  };
}

/** Never one that a question had before, even if that one was removed. */
export async function nextFaqNumber(tables: Writes): Promise<number> {
  const { last } = await tables
    .updateTable('knowledge_faq_numbers')
    .set(({ eb }) => ({ last: eb('last', '+', 1) }))
    .where('kind', '=', 'faq')
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

export async function insertFaq(tables: Writes, faq: StoredFaq): Promise<void> {
  await tables
    .insertInto('knowledge_faq')
    .values({ id: faq.id, number: faq.number, ...changingColumns(faq) })
    .execute();
}

/** What it said before becomes a version. */
export async function replaceFaq(tables: Writes, before: StoredFaq, after: StoredFaq): Promise<void> {
  await tables
    .insertInto('knowledge_faq_versions')
    .values({
      faq_id: before.id,
      version: before.version,
      content: JSON.stringify(before.content),
      saved_at: before.updatedAt,
      saved_by: before.updatedBy,
      note: before.note,
    })
    .execute();
  await tables.updateTable('knowledge_faq').set(changingColumns(after)).where('id', '=', after.id).executeTakeFirst();
}

function changingColumns({ content, version, updatedAt, updatedBy, note }: StoredFaq) {
  return { content: JSON.stringify(content), version, updated_at: updatedAt, updated_by: updatedBy, note };
}

export async function deleteFaq(tables: Writes, id: string): Promise<void> {
  await tables.deleteFrom('knowledge_faq_votes').where('faq_id', '=', id).execute();
  await tables.deleteFrom('knowledge_faq_versions').where('faq_id', '=', id).execute();
  await tables.deleteFrom('knowledge_faq').where('id', '=', id).executeTakeFirst();
}

/** Newest first, without the present one. */
export async function faqVersions(reads: Reads, id: string): Promise<readonly FaqVersion[]> {
  const rows = await reads
    .selectFrom('knowledge_faq_versions')
    .selectAll()
    .where('faq_id', '=', id)
    .orderBy('version', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    ...faqContentSchema.parse(JSON.parse(row.content)),
    version: row.version,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    note: row.note,
  }));
}

export interface FaqVoice {
  readonly faqId: string;
  readonly person: string;
  readonly voice: 'helpful' | 'not-helpful';
  readonly at: string;
}

export async function putFaqVoice(tables: Writes, { faqId, person, voice, at }: FaqVoice): Promise<void> {
  await tables
    .insertInto('knowledge_faq_votes')
    .values({ faq_id: faqId, person, voice, given_at: at })
    .onConflict((conflict) => conflict.columns(['faq_id', 'person']).doUpdateSet({ voice, given_at: at }))
    .execute();
}

export interface FaqCounts {
  readonly helpful: number;
  readonly notHelpful: number;
  readonly own: 'helpful' | 'not-helpful' | null;
}

/** By the id of the question. */
export async function faqVoices(reads: Reads, person: string): Promise<ReadonlyMap<string, FaqCounts>> {
  const counts = await reads
    .selectFrom('knowledge_faq_votes')
    .select(({ fn }) => ['faq_id', 'voice', fn.countAll<number>().as('voices')])
    .groupBy(['faq_id', 'voice'])
    .execute();
  const own = await reads
    .selectFrom('knowledge_faq_votes')
    .select(['faq_id', 'voice'])
    .where('person', '=', person)
    .execute();
  const owns = new Map(own.map((row) => [row.faq_id, row.voice]));
  const groups = Map.groupBy(counts, (row) => row.faq_id);
  return new Map(
    [...groups].map(([id, rows]) => [
      id,
      {
        helpful: rows.find(({ voice }) => voice === 'helpful')?.voices ?? 0,
        notHelpful: rows.find(({ voice }) => voice === 'not-helpful')?.voices ?? 0,
        own: owns.get(id) ?? null,
      },
    ]),
  );
}

export async function putFaqDecision(
  tables: Writes,
  {
    folded,
    decision,
    at,
    by,
  }: { readonly folded: string; readonly decision: 'accepted' | 'rejected'; readonly at: string; readonly by: string },
): Promise<void> {
  await tables
    .insertInto('knowledge_faq_decisions')
    .values({ folded, decision, decided_at: at, decided_by: by })
    .onConflict((conflict) => conflict.column('folded').doUpdateSet({ decision, decided_at: at, decided_by: by }))
    .execute();
}

export async function decidedFaq(reads: Reads): Promise<ReadonlySet<string>> {
  const rows = await reads.selectFrom('knowledge_faq_decisions').select('folded').execute();
  return new Set(rows.map(({ folded }) => folded));
}
