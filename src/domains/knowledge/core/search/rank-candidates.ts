/** Puts the candidates of an index in order by what stands in them: the same on every database. */
import { createRelevance, type Query, type RelevanceParts } from '#engines/lexis';

import type { Entry } from '../entries/entry-content.ts';
import type { RatedWord } from './word-rarity.ts';

export interface RankedEntry {
  readonly entry: Entry;
  readonly score: number;
  /** Missing where only the index judged. */
  readonly parts?: RelevanceParts;
}

/** Equal ones last changed first. */
export function rankCandidates(
  query: Query,
  candidates: readonly Entry[],
  words: readonly RatedWord[],
): readonly RankedEntry[] {
  const rarities = new Map(words.map(({ word, rarity }) => [word, rarity]));
  const relevanceOf = createRelevance(query, (word) => rarities.get(word) ?? 1);
  return candidates
    .map((entry): RankedEntry => ({ entry, ...relevanceOf(entry) }))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        (a.entry.updatedAt < b.entry.updatedAt ? 1 : 0) - (a.entry.updatedAt > b.entry.updatedAt ? 1 : 0) ||
        b.entry.position - a.entry.position,
    );
}
