/** Nothing was found: how many entries hold each of the words, so that the one in the way is seen. */
import { firmNodes, parseQuery, ratedWords } from '#engines/lexis';

import type { SearchAnswer } from '../../contract/index.ts';
import type { Matches } from './find-matches.ts';
import { withConditions } from './narrow-query.ts';
import type { SearchDeps } from './search-request.ts';

const mostWords = 8;

export async function countWords(
  { database, index }: SearchDeps,
  { query, narrowed }: Matches,
): Promise<SearchAnswer['words']> {
  const words = ratedWords(query).slice(0, mostWords);
  if (words.length < 2) return [];
  const counted: Array<{ word: string; entries: number }> = [];
  for (const word of words) {
    const condition = index.print(withConditions(parseQuery(word), firmNodes(narrowed)), 'synonyms');
    const reads = database.tables<unknown>();
    counted.push({ word, entries: condition === undefined ? 0 : await index.count(reads, condition) });
  }
  return counted;
}
