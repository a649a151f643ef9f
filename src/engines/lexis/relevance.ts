/**
 * How well a text answers a query, from what stands in it – not from any database, so that two of them order alike. Used
 * on the candidates an index returns. The parts add up to the score and can be shown to whoever wonders.
 */
import { contentWords, isHiragana, saysNothing } from './content-words.ts';
import type { Query, QueryLeaf } from './query-node.ts';
import { synonymsOf } from './synonyms.ts';
import { type Place, searchableForm, type WordPattern, wordPattern } from './word-pattern.ts';

export interface RatedText {
  readonly title: string;
  readonly tags: readonly string[];
  readonly body: string;
}

export interface RelevanceParts {
  readonly title: number;
  readonly tags: number;
  readonly body: number;
  /** The query as typed, in one place. */
  readonly phrase: number;
  /** How near together the words stand, in title or body. */
  readonly proximity: number;
  /** How much of what was asked for occurs at all. */
  readonly coverage: number;
}

export interface Relevance {
  readonly score: number;
  readonly parts: RelevanceParts;
}

const weights = { title: 10, tags: 3, body: 4, phraseInTitle: 6, phraseInBody: 3, proximity: 3, coverage: 10 };
const synonymWorth = 0.7;
const kanaVerbWorth = 0.7;
const mostPlaces = 6;
/** The rest of a longer text adds time, hardly ever rank. */
const longestRead = 20_000;

/** The words whose rarity counts, for `rarityOf` of {@link createRelevance}; each once. */
export function ratedWords({ wanted }: Query): readonly string[] {
  return [...new Set(meaningfulLeaves(wanted).flatMap(wordsOf))];
}

/** @param rarityOf how much finding a word says, 1 when nothing is known; see {@link ratedWords}. */
export function createRelevance(query: Query, rarityOf: (word: string) => number): (text: RatedText) => Relevance {
  const leaves = meaningfulLeaves(query.wanted);
  const words = ratedWords(query).flatMap((word) => ratedWord(word, rarityOf(word) * meaningOf(word)));
  const phrases = leaves.flatMap((leaf) => (wordsOf(leaf).length > 1 ? patternsOf(leaf.text) : []));
  const total = words.reduce((sum, { rarity }) => sum + rarity, 0);
  function share(rate: (index: number) => number): number {
    return words.reduce((sum, { rarity }, index) => sum + (rarity / total) * rate(index), 0);
  }
  return (text) => {
    const title = searchableForm(text.title);
    const tags = searchableForm(text.tags.join('\n'));
    const body = searchableForm(text.body.slice(0, longestRead));
    const inBody = words.map((word) => placesOf(word, body));
    const inTags = words.map((word) => best(placesOf(word, tags)));
    const inTitle = words.map((word) => placesOf(word, title));
    const parts: RelevanceParts = {
      title: weights.title * share((index) => titleWorth(inTitle[index] ?? [], title)),
      tags: weights.tags * share((index) => inTags[index] ?? 0),
      body: weights.body * share((index) => saturated(inBody[index] ?? [])),
      phrase: phraseIn(phrases, title) * weights.phraseInTitle + phraseIn(phrases, body) * weights.phraseInBody,
      proximity: weights.proximity * Math.max(nearness(inBody), nearness(inTitle)),
      coverage:
        weights.coverage *
        share((index) => Math.max(best(inTitle[index] ?? []), inTags[index] ?? 0, best(inBody[index] ?? []))),
    };
    const score = Object.values(parts).reduce<number>((sum, part) => sum + part, 0);
    return { score, parts };
  };
}

/** Verbs in kana say how something is asked rather than what about, however rare they are. */
function meaningOf(word: string): number {
  return isHiragana(word) ? kanaVerbWorth : 1;
}

interface RatedWord {
  readonly rarity: number;
  readonly patterns: ReadonlyArray<{ readonly pattern: WordPattern; readonly worth: number }>;
}

function ratedWord(word: string, rarity: number): readonly RatedWord[] {
  const own = patternsOf(word).map((pattern) => ({ pattern, worth: 1 }));
  const others = synonymsOf(word)
    .flatMap(patternsOf)
    .map((pattern) => ({ pattern, worth: synonymWorth }));
  return own.length === 0 ? [] : [{ rarity, patterns: [...own, ...others] }];
}

function patternsOf(word: string): readonly WordPattern[] {
  const pattern = wordPattern(word);
  return pattern === undefined ? [] : [pattern];
}

function meaningfulLeaves(wanted: readonly QueryLeaf[]): readonly QueryLeaf[] {
  const meaningful = wanted.filter((leaf) => !saysNothing(leaf));
  return meaningful.length === 0 ? wanted : meaningful;
}

function wordsOf(leaf: QueryLeaf): readonly string[] {
  return leaf.terms.some((term) => term.kind === 'japanese') ? contentWords(leaf) : [leaf.text];
}

/** Of the word itself if it occurs, else of another word for it. */
function placesOf({ patterns }: RatedWord, text: string): readonly Place[] {
  for (const { pattern, worth } of patterns) {
    const places = pattern.find(text, mostPlaces);
    if (places.length > 0) return places.map((place) => ({ ...place, fit: place.fit * worth }));
  }
  return [];
}

/** A title that is little else than the word is about it. */
function titleWorth(places: readonly Place[], title: string): number {
  const [longest = 0] = places.map(({ start, end }) => end - start).toSorted((a, b) => b - a);
  return best(places) * (0.8 + 0.2 * (longest / Math.max(1, title.length)));
}

function best(places: readonly Place[]): number {
  return Math.max(0, ...places.map(({ fit }) => fit));
}

/** The first occurrence says most, each further one less (as in BM25). */
function saturated(places: readonly Place[]): number {
  const sum = places.reduce((total, { fit }) => total + fit, 0);
  return (sum * 1.6) / (sum + 1.6 - 0.4);
}

function phraseIn(phrases: readonly WordPattern[], text: string): number {
  if (phrases.length === 0) return 0;
  return phrases.reduce((sum, phrase) => sum + best(phrase.find(text, 2)), 0) / phrases.length;
}

/** From 0 to 1: the shortest stretch that holds the first places of two neighbouring words, averaged over the pairs. */
function nearness(found: ReadonlyArray<readonly Place[]>): number {
  if (found.length < 2) return 0;
  let sum = 0;
  for (let index = 1; index < found.length; index += 1) {
    const gap = shortestGap(found[index - 1] ?? [], found[index] ?? []);
    sum += 1 / (1 + gap / 12);
  }
  return sum / (found.length - 1);
}

function shortestGap(some: readonly Place[], others: readonly Place[]): number {
  // What stands at the same place is one word that two of the query may mean.
  const gaps = some.flatMap((one) =>
    others
      .map((other) => (one.start < other.start ? other.start - one.end : one.start - other.end))
      .filter((gap) => gap >= 0),
  );
  return Math.min(...gaps, Number.POSITIVE_INFINITY);
}
