/** Which words occur in how many entries: what a misspelt query is compared with. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { KnowledgeTables } from './knowledge-tables.ts';

const perStatement = 2000;

/** Adds `counts`, which may be negative; always in the same order, so that two writers do not lock each other out. */
export async function countWords(tables: Tables<KnowledgeTables>, counts: ReadonlyMap<string, number>): Promise<void> {
  const changes = [...counts].filter(([, entries]) => entries !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (let from = 0; from < changes.length; from += perStatement) {
    const rows = changes.slice(from, from + perStatement).map(([word, entries]) => ({ word, entries }));
    await tables
      .insertInto('knowledge_words')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet({ entries: sql`knowledge_words.entries + excluded.entries` }),
      )
      .execute();
  }
  const gone = changes.filter(([, entries]) => entries < 0).map(([word]) => word);
  for (let from = 0; from < gone.length; from += perStatement) {
    await tables
      .deleteFrom('knowledge_words')
      .where('word', 'in', gone.slice(from, from + perStatement))
      .where('entries', '<=', 0)
      .execute();
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
      sql<boolean>`(length(word) between ${word.length - 2} and ${word.length + 2})
        or (word >= ${stem} and word < ${`${stem}\u{10ffff}`})`,
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
    .where(sql<boolean>`length(word) between ${word.length - 3} and ${word.length + 3} or word like ${`%${word}%`}`)
    .execute();
  return rows.map((row) => [row.word, row.entries]);
}
