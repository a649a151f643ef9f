/** How much finding a word says: one in few entries says more than one in many. */
import { parseQuery, type Query, ratedWords } from '#engines/lexis';

import { entryPositionBounds } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchDeps } from './search-request.ts';

export interface RatedWord {
  readonly word: string;
  /** From the inverse of its frequency, as in BM25. */
  readonly rarity: number;
}

/** Beyond these a sentence has enough to tell texts apart. */
const mostWords = 12;
/** Enough to know how frequent a word is; the exact number would take as long as the whole search. */
export const mostRead = 1000;

export async function rateWords(deps: SearchDeps, query: Query): Promise<readonly RatedWord[]> {
  const { database, index } = deps;
  const reads = database.tables<KnowledgeTables>();
  const { first, last } = await entryPositionBounds(reads);
  const asked = ratedWords(query)
    .slice(0, mostWords)
    .map((word) => ({ word, condition: index.print(parseQuery(word), 'synonyms') ?? '' }));
  const conditions = [...new Set(asked.map(({ condition }) => condition))].filter((condition) => condition !== '');
  const found = await index.newest(database.tables(), conditions, mostRead);
  const newestOf = new Map(conditions.map((condition, place) => [condition, found[place] ?? []]));
  return asked.map(({ word, condition }) => {
    const newest = newestOf.get(condition) ?? [];
    const entries = last - first + 1;
    const holding = newest.length < mostRead ? newest.length : frequencyOf(newest, { entries, last });
    return { word, rarity: Math.log(1 + Math.max(0, entries - holding + 0.5) / (holding + 0.5)) };
  });
}

/** As dense among all as among those that were read. */
function frequencyOf(
  newest: readonly number[],
  { entries, last }: { readonly entries: number; readonly last: number },
): number {
  const oldest = newest.at(-1) ?? last;
  return (newest.length * entries) / (last - oldest + 1);
}
