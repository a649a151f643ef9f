/**
 * Which of the entries that match are worth a close look. Few matches are all put in order by the index. Of very many,
 * putting each in order would take longer than anybody waits: there, entries that hold a word in their title come first,
 * then the newest; where some of the words are enough, those that hold the rarest ones.
 */
import { firmNodes, parseQuery, type QueryLeaf, type QueryNode } from '#engines/lexis';

import type { Matches } from './find-matches.ts';
import { withConditions } from './narrow-query.ts';
import type { SearchDeps } from './search-request.ts';
import { mostRead, type RatedWord } from './word-rarity.ts';

/** How many are looked at closely. */
const mostCandidates = 60;
/** How many the index puts in order. */
const among = 800;
const amongTitled = 300;

/** Best guess first. */
export async function pickCandidates(
  deps: SearchDeps,
  matches: Matches,
  words: readonly RatedWord[],
): Promise<readonly number[]> {
  const { index } = deps;
  const reads = deps.database.tables<unknown>();
  if (matches.total > among && matches.matched === 'fragments' && words.length > 0)
    return byRarity(deps, matches, words);
  const best = await index.best(reads, matches.condition, { limit: mostCandidates, among });
  if (matches.total <= among) return best.map(({ position }) => position);
  const titled = index.print(inTitle(matches), matches.rung);
  const bestTitled =
    titled === undefined ? [] : await index.best(reads, titled, { limit: mostCandidates, among: amongTitled });
  const ordered = [...bestTitled.slice(0, (mostCandidates * 2) / 3), ...best].map(({ position }) => position);
  return [...new Set(ordered)].slice(0, mostCandidates);
}

/** One of the words must stand in the title. */
function inTitle({ query, narrowed }: Matches): Matches['query'] {
  const leaves = query.wanted.map((leaf): QueryLeaf => ({ ...leaf, scope: 'title' }));
  const [only] = leaves;
  const condition: QueryNode | undefined = leaves.length === 1 ? only : { kind: 'any', nodes: leaves };
  return condition === undefined ? narrowed : withConditions(narrowed, [condition]);
}

/** The entries that hold the rarest words, as far as filters and exclusions let them. */
async function byRarity(
  { database, index }: SearchDeps,
  { narrowed }: Matches,
  words: readonly RatedWord[],
): Promise<readonly number[]> {
  const scores = new Map<number, number>();
  const asked = words.flatMap(({ word, rarity }) => {
    const condition = index.print(withConditions(parseQuery(word), firmNodes(narrowed)), 'synonyms');
    return condition === undefined ? [] : [{ rarity, condition }];
  });
  const conditions = asked.map(({ condition }) => condition);
  const found = await index.newest(database.tables(), conditions, mostRead);
  for (const [place, { rarity }] of asked.entries()) {
    for (const position of found[place] ?? []) scores.set(position, (scores.get(position) ?? 0) + rarity);
  }
  return [...scores]
    .toSorted(([a, scoreOfA], [b, scoreOfB]) => scoreOfB - scoreOfA || b - a)
    .slice(0, mostCandidates)
    .map(([position]) => position);
}
