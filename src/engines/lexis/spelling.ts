/**
 * Spelling: only words the index does not know are corrected, one edit away, two from eight letters on, never inside
 * quotes or exclusions (spec/knowledge-search.md §3.9, lesson 5). Tell the person what was searched instead.
 */
import type { Term } from './analyse.ts';
import { stemEnglish } from './english-stem.ts';
import { normalise } from './normalise.ts';
import { parseQuery } from './query.ts';
import type { Query, QueryLeaf } from './query-node.ts';

/** The words of an index with the number of texts each occurs in; keep it from `Term.surface` of kind `word`. */
export interface Vocabulary {
  readonly frequencies: ReadonlyMap<string, number>;
  /** Katakana words, folded, with a spelling and the number of texts. */
  readonly katakana: ReadonlyMap<string, { readonly word: string; readonly frequency: number }>;
}

export function createVocabulary(words: Iterable<readonly [surface: string, frequency: number]>): Vocabulary {
  const frequencies = new Map(words);
  const japanese = [...frequencies].filter(([word]) => /^[ァ-ヺー]+$/u.test(word));
  const katakana = new Map(japanese.map(([word, frequency]) => [normalise(word).text, { word, frequency }] as const));
  return { frequencies, katakana };
}

/** The known word `word` was probably meant to be, or undefined: it is known, too short, or nothing is near. */
export function suggestCorrection(word: string, vocabulary: Vocabulary): string | undefined {
  // One letter more or less makes another word of most short ones: test is no misspelt text.
  if (word.length < 5 || !/^\p{Script=Latin}+$/u.test(word) || isKnown(word, vocabulary)) return undefined;
  const limit = word.length >= 8 ? 2 : 1;
  const letters = lettersOf(word);
  let best: { readonly word: string; readonly distance: number; readonly frequency: number } | undefined;
  for (const [candidate, frequency] of vocabulary.frequencies) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    // An edit takes one letter away and brings one in, at most.
    if (bitsIn(letters ^ lettersOf(candidate)) > 2 * limit) continue;
    const distance = editDistance(word, candidate, best?.distance ?? limit);
    if (distance > (best?.distance ?? limit)) continue;
    if (best === undefined || distance < best.distance || frequency > best.frequency) {
      best = { word: candidate, distance, frequency };
    }
  }
  return best?.word;
}

/** In another form, too: words with the same stem begin alike. */
function isKnown(word: string, { frequencies }: Vocabulary): boolean {
  if (frequencies.has(word)) return true;
  const stem = stemEnglish(word);
  const beginning = word.slice(0, 3);
  return [...frequencies.keys()].some((known) => known.startsWith(beginning) && stemEnglish(known) === stem);
}

/** Which letters occur, a bit each: most words are told apart by that alone. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let place = 0; place < word.length; place += 1) letters |= 1 << (word.charCodeAt(place) & 31);
  return letters;
}

function bitsIn(letters: number): number {
  let bits = 0;
  for (let rest = letters; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** Runs of katakana long enough to be corrected. */
export function katakanaWords(leaf: QueryLeaf): readonly string[] {
  return leaf.kind === 'words' ? Array.from(leaf.text.matchAll(katakanaRun), ([word]) => word) : [];
}

const katakanaRun = /[ァ-ヺー]{4,40}/gu;

/** Long marks and small kana are folded before comparing: leaving them out is no mistake. */
function suggestKatakana(word: string, { katakana }: Vocabulary): string | undefined {
  const folded = normalise(word).text;
  if (folded.length < 4 || [...katakana.keys()].some((known) => known.includes(folded))) return undefined;
  const limit = folded.length >= 8 ? 2 : 1;
  let best: { readonly word: string; readonly distance: number; readonly frequency: number } | undefined;
  for (const [known, { word: spelling, frequency }] of katakana) {
    if (Math.abs(known.length - folded.length) > limit) continue;
    const distance = editDistance(folded, known, limit);
    if (distance > limit) continue;
    const isBetter = best === undefined || distance < best.distance;
    if (isBetter || (distance === best?.distance && frequency > best.frequency)) {
      best = { word: spelling, distance, frequency };
    }
  }
  return best?.word;
}

export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** The query with its unknown words replaced and what was replaced; undefined when there is nothing to correct. */
export function correctQuery(
  query: Query,
  vocabulary: Vocabulary,
): { readonly query: Query; readonly corrections: readonly Correction[] } | undefined {
  const corrections: Correction[] = [];
  let corrected = query.source;
  const loose = query.wanted.filter((leaf) => leaf.kind === 'words').toReversed();
  for (const leaf of loose) {
    for (const { start: at, end: until, to } of replacements(leaf, vocabulary)) {
      const [start, end] = [leaf.start + at, leaf.start + until];
      corrections.unshift({ from: query.source.slice(start, end), to });
      corrected = corrected.slice(0, start) + to + corrected.slice(end);
    }
  }
  return corrections.length === 0 ? undefined : { query: parseQuery(corrected, query.language), corrections };
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** Last first, so that each can be made without moving those that follow. */
function replacements(leaf: QueryLeaf, vocabulary: Vocabulary): readonly Replacement[] {
  const words = leaf.terms
    .filter(isPlainWord)
    .map(({ start, end, surface }) => ({ start, end, to: suggestCorrection(surface, vocabulary) }));
  const katakana = Array.from(leaf.text.matchAll(katakanaRun), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    to: suggestKatakana(word, vocabulary),
  }));
  return [...words, ...katakana]
    .flatMap(({ start, end, to }) => (to === undefined ? [] : { start, end, to }))
    .toSorted((a, b) => b.start - a.start);
}

function isPlainWord(term: Term): boolean {
  return term.kind === 'word' && term.position !== undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); stops above `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(previous, column) + 1,
          at(current, column - 1) + 1,
          at(previous, column - 1) + same,
          swapped ? at(beforePrevious, column - 2) + 1 : Infinity,
        ),
      );
    }
    if (Math.min(...current) > limit) return Infinity;
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
