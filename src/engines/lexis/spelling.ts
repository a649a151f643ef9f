/**
 * Spelling: only words the index does not know are corrected, one edit away, two from eight letters on, never inside
 * quotes or exclusions (spec/knowledge-search.md §3.9, lesson 5). Tell the person what was searched instead.
 */
import type { Term } from './analyse.ts';
import { stemEnglish } from './english-stem.ts';
import { parseQuery, type Query } from './query.ts';

/** The words of an index with the number of texts each occurs in; keep it from `Term.surface` of kind `word`. */
export interface Vocabulary {
  readonly frequencies: ReadonlyMap<string, number>;
  readonly stems: ReadonlySet<string>;
}

export function createVocabulary(words: Iterable<readonly [surface: string, frequency: number]>): Vocabulary {
  const frequencies = new Map(words);
  return { frequencies, stems: new Set([...frequencies.keys()].map(stemEnglish)) };
}

/** The known word `word` was probably meant to be, or undefined: it is known, too short, or nothing is near. */
export function suggestCorrection(word: string, vocabulary: Vocabulary): string | undefined {
  if (word.length < 4 || !/^\p{Script=Latin}+$/u.test(word) || vocabulary.stems.has(stemEnglish(word)))
    return undefined;
  const limit = word.length >= 8 ? 2 : 1;
  let best: { readonly word: string; readonly distance: number; readonly frequency: number } | undefined;
  for (const [candidate, frequency] of vocabulary.frequencies) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word, candidate, best?.distance ?? limit);
    if (distance > (best?.distance ?? limit)) continue;
    if (best === undefined || distance < best.distance || frequency > best.frequency) {
      best = { word: candidate, distance, frequency };
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
    for (const term of leaf.terms.filter(isPlainWord).toReversed()) {
      const to = suggestCorrection(term.surface, vocabulary);
      if (to === undefined) continue;
      const [start, end] = [leaf.start + term.start, leaf.start + term.end];
      corrections.unshift({ from: query.source.slice(start, end), to });
      corrected = corrected.slice(0, start) + to + corrected.slice(end);
    }
  }
  return corrections.length === 0 ? undefined : { query: parseQuery(corrected), corrections };
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
