/** Excerpts and highlights on the original text; the index holds only terms. */
import { analyse, type Term } from './analyse.ts';
import { exactPhrases, fragmentPhrases, type Phrase, wordPhrases } from './leaf-phrases.ts';
import type { Query, QueryLeaf } from './query-node.ts';

/** UTF-16 offsets, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface Snippet {
  readonly text: string;
  /** Where the snippet was taken from in the original. */
  readonly source: TextRange;
  /** What to mark, as offsets into `text`: sorted, not overlapping. Escape the text between them before making HTML. */
  readonly ranges: readonly TextRange[];
}

/** The stretch of `text`, at most `length` UTF-16 units, that shows the most of what was asked for. */
export function snippet(text: string, query: Query, { length = 160 }: { readonly length?: number } = {}): Snippet {
  return snippetAround(text, occurrences(text, query), length);
}

/** @param found Sorted by where they start. */
export function snippetAround(text: string, found: readonly Occurrence[], length: number): Snippet {
  const start = bestStart(text, found, length);
  const end = endOf(text, start, length);
  const ranges = mergeRanges(found).flatMap((range) => {
    const inside = { start: Math.max(range.start, start) - start, end: Math.min(range.end, end) - start };
    return inside.end > inside.start ? [inside] : [];
  });
  return { text: text.slice(start, end), source: { start, end }, ranges };
}

/** Everything in `text` that answers the query, for a title or a whole page: sorted, not overlapping. */
export function highlights(text: string, query: Query): readonly TextRange[] {
  return mergeRanges(occurrences(text, query));
}

/** Something asked for, where it stands. */
export interface Occurrence extends TextRange {
  /** What makes two of them the same piece of the query. */
  readonly piece: unknown;
}

function occurrences(text: string, query: Query): readonly Occurrence[] {
  const terms = analyse(text);
  return query.wanted
    .flatMap((leaf) => leafRanges(terms, leaf).map(({ start, end }) => ({ start, end, piece: leaf })))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** The strictest reading of the piece that occurs at all. */
function leafRanges(terms: readonly Term[], leaf: QueryLeaf): readonly TextRange[] {
  const readings =
    leaf.kind === 'phrase'
      ? [exactPhrases(leaf.terms)]
      : [exactPhrases(leaf.terms), wordPhrases(leaf).flat(), fragmentPhrases(leaf)];
  for (const phrases of readings) {
    const ranges = phrases.flatMap((phrase) => phraseRanges(terms, phrase));
    if (ranges.length > 0) return ranges;
  }
  return [];
}

function phraseRanges(terms: readonly Term[], phrase: Phrase): readonly TextRange[] {
  return terms.flatMap((term, index) => {
    const last = terms[index + phrase.terms.length - 1];
    if (last === undefined || !matchesAt(terms, index, phrase)) return [];
    const afterLast = terms[index + phrase.terms.length];
    const firstCharOnly = phrase.prefix && afterLast !== undefined && afterLast.start < last.end;
    return [{ start: term.start, end: firstCharOnly && afterLast.start > last.start ? afterLast.start : last.end }];
  });
}

function matchesAt(terms: readonly Term[], index: number, { terms: wanted, prefix }: Phrase): boolean {
  return wanted.every((text, offset) => {
    const term = terms[index + offset];
    if (term === undefined || (wanted.length > 1 && term.position === undefined)) return false;
    return prefix && offset === wanted.length - 1 ? term.text.startsWith(text) : term.text === text;
  });
}

/** Begins a little before the occurrence from which on the window holds the most different pieces. */
function bestStart(text: string, found: readonly Occurrence[], length: number): number {
  if (text.length <= length) return 0;
  let best = { start: 0, pieces: 0 };
  for (const [index, first] of found.entries()) {
    const within = new Set<unknown>();
    for (let next = index; next < found.length; next += 1) {
      const occurrence = found[next];
      if (occurrence === undefined || occurrence.end > first.start + length) break;
      within.add(occurrence.piece);
    }
    if (within.size > best.pieces) best = { start: first.start, pieces: within.size };
  }
  const lead = Math.floor(length / 5);
  const wanted = Math.min(Math.max(0, best.start - lead), text.length - length);
  return charBoundary(text, wordStart(text, wanted, best.start));
}

function wordStart(text: string, from: number, to: number): number {
  if (from === 0) return 0;
  const gap = /[\s、。]/.exec(text.slice(from, to));
  return gap === null ? from : from + gap.index + 1;
}

function endOf(text: string, start: number, length: number): number {
  return charBoundary(text, Math.min(text.length, start + Math.max(1, length)));
}

/** Never between the halves of a surrogate pair. */
function charBoundary(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) && /[\ud800-\udbff]$/.test(text.slice(0, at)) ? at - 1 : at;
}

function mergeRanges(sorted: readonly TextRange[]): readonly TextRange[] {
  const merged: Array<{ start: number; end: number }> = [];
  for (const { start, end } of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && start <= previous.end) previous.end = Math.max(previous.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
