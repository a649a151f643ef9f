/** Asks the words of all entries what an unknown word of a query was probably meant to be. */
import { type Correction, correctQuery, createVocabulary, katakanaWords, type Query } from '#engines/lexis';
import type { ReadTables } from '#platform/db';

import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { katakanaNear, wordsNear } from '../../store/word-store.ts';

/** The corrected query with what was replaced, or undefined when every word is known or nothing is near. */
export async function correctSpelling(
  query: Query,
  reads: ReadTables<KnowledgeTables>,
): Promise<{ readonly query: Query; readonly corrections: readonly Correction[] } | undefined> {
  const typed = query.wanted.flatMap((leaf) => leaf.terms).filter((term) => term.kind === 'word');
  const near = new Map<string, number>();
  for (const word of query.wanted.flatMap(katakanaWords)) {
    for (const [known, entries] of await katakanaNear(reads, word)) near.set(known, entries);
  }
  for (const { surface, text } of typed) {
    for (const [word, entries] of await wordsNear(reads, { word: surface, stem: text })) near.set(word, entries);
  }
  return near.size === 0 ? undefined : correctQuery(query, createVocabulary(near));
}
