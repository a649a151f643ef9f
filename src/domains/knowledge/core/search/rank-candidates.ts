/** Puts the candidates of an index in order by what stands in them: the same on every database. */
import { createRelevance, parseQuery, type Query, type RelevanceParts, ratedWords } from '#engines/lexis';

import { entryStatuses } from '../../contract/index.ts';
import { countMatches } from '../../store/search-store.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { SearchDeps } from './search-request.ts';

export interface RankedEntry {
  readonly entry: Entry;
  readonly score: number;
  /** Missing where only the index judged. */
  readonly parts?: RelevanceParts;
}

/** Beyond these a sentence has enough to tell texts apart. */
const mostCounted = 12;

/** Equal ones last changed first. */
export async function rankCandidates(
  deps: SearchDeps,
  query: Query,
  candidates: readonly RankedEntry[],
): Promise<readonly RankedEntry[]> {
  const relevanceOf = createRelevance(query, await rarities(deps, query));
  return candidates
    .map(({ entry }): RankedEntry => ({ entry, ...relevanceOf(entry) }))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        (a.entry.updatedAt < b.entry.updatedAt ? 1 : 0) - (a.entry.updatedAt > b.entry.updatedAt ? 1 : 0) ||
        b.entry.position - a.entry.position,
    );
}

/** A word in few texts says more than one in many; asked only when there are several to weigh. */
async function rarities(deps: SearchDeps, query: Query): Promise<(word: string) => number> {
  const words = ratedWords(query).slice(0, mostCounted);
  if (words.length < 2) return () => 1;
  const known = new Map<string, number>();
  const all = await count(deps, undefined);
  for (const word of words) {
    const holding = await count(deps, deps.index.print(parseQuery(word), 'synonyms'));
    known.set(word, Math.log(1 + (all - holding + 0.5) / (holding + 0.5)));
  }
  return (word) => known.get(word) ?? 1;
}

function count({ database, index }: SearchDeps, condition: string | undefined): Promise<number> {
  return countMatches({ reads: database.tables(), index, filter: { condition, status: entryStatuses } });
}
