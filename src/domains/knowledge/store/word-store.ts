/** Which words occur in how many entries: what a misspelt query is compared with. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { KnowledgeTables } from './knowledge-tables.ts';

/** A few sizes only: each size is a statement of its own, which the connection prepares once and keeps. */
const rowsPerStatement = [1000, 100, 10, 1];

function* inStatements<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  let from = 0;
  for (const size of rowsPerStatement) {
    for (; rows.length - from >= size; from += size) yield rows.slice(from, from + size);
  }
}

/** Adds `counts`, which may be negative; always in the same order, so that two writers do not lock each other out. */
export async function countWords(tables: Tables<KnowledgeTables>, counts: ReadonlyMap<string, number>): Promise<void> {
  const changes = [...counts].filter(([, entries]) => entries !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const some of inStatements(changes)) {
    const rows = some.map(([word, entries]) => ({ word, entries }));
    await tables
      .insertInto('knowledge_words')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet({ entries: sql`knowledge_words.entries + excluded.entries` }),
      )
      .execute();
  }
  const gone = changes.filter(([, entries]) => entries < 0).map(([word]) => word);
  for (const some of inStatements(gone)) {
    await tables.deleteFrom('knowledge_words').where('word', 'in', some).where('entries', '<=', 0).execute();
  }
}

/** Words that `word` could have been meant to be or a form of: near in length, or with the same stem. */
export async function wordsNear(
  reads: ReadTables<KnowledgeTables>,
  { word, stem }: { readonly word: string; readonly stem: string },
): Promise<ReadonlyArray<readonly [word: string, entries: number]>> {
  const rows = await reads
    .selectFrom('knowledge_words')
    .select(['word', 'entries'])
    .where(
      sql<boolean>`(length(word) between ${word.length - 2} and ${word.length + 2}
        or (word >= ${stem} and word < ${`${stem}\u{10ffff}`}))`,
    )
    .execute();
  return rows.map((row) => [row.word, row.entries]);
}

/** Katakana words near in length to `word`, whatever long marks either has, or holding it as it is. */
export async function katakanaNear(
  reads: ReadTables<KnowledgeTables>,
  word: string,
): Promise<ReadonlyArray<readonly [word: string, entries: number]>> {
  const rows = await reads
    .selectFrom('knowledge_words')
    .select(['word', 'entries'])
    .where('word', '>=', 'ァ')
    .where('word', '<', 'ヿ')
    .where(sql<boolean>`(length(word) between ${word.length - 3} and ${word.length + 3} or word like ${`%${word}%`})`)
    .execute();
  return rows.map((row) => [row.word, row.entries]);
}

/** Words that begin like what is typed, the most frequent first. */
export async function wordsBeginning(
  reads: ReadTables<KnowledgeTables>,
  beginning: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('knowledge_words')
    .select('word')
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10ffff}`)
    .orderBy('entries', 'desc')
    .orderBy('word')
    .limit(limit)
    .execute();
  return rows.map(({ word }) => word);
}
