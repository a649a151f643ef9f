/** Excerpts by patterns of the words: analysing a text, as `snippet` does, takes ten times as long. */
import { contentWords } from './content-words.ts';
import type { Query } from './query-node.ts';
import { type Snippet, snippetAround } from './snippet.ts';
import { searchableForm, type WordPattern, wordPattern } from './word-pattern.ts';

const patternsOfQuery = new WeakMap<Query, readonly WordPattern[]>();
const mostPlaces = 12;
/** The rest of a longer text is left to who analyses it. */
const longestRead = 20_000;

/** Like `snippet`, with whole words marked; undefined when the text holds none of them as a word. */
export function patternSnippet(
  text: string,
  query: Query,
  { length = 160 }: { readonly length?: number } = {},
): Snippet | undefined {
  const { form, original } = formWithOffsets(text.slice(0, longestRead));
  const found = patternsOf(query)
    .flatMap((piece) =>
      piece.spans(form, mostPlaces).map(({ start, end }) => ({ start: original(start), end: original(end), piece })),
    )
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  return found.length === 0 ? undefined : snippetAround(text, found, length);
}

/** Characters that are one unit before and after, which is all that most texts hold. */
const keepsOffsets =
  /^[\0-\u009f\u2010-\u2015\u2018-\u201f\u3000-\u303f\u3041-\u3096\u30a0-\u30fe\u4e00-\u9fff\uff01-\uff5e]*$/;

/** The form in which patterns look, with the way back: ﾌﾟ is two units, and one in its compatibility form. */
function formWithOffsets(text: string): { readonly form: string; readonly original: (offset: number) => number } {
  if (keepsOffsets.test(text)) return { form: searchableForm(text), original: (offset) => offset };
  const offsets: number[] = [];
  let form = '';
  for (const { 0: cluster, index } of text.matchAll(/[\s\S][\p{M}\uff9e\uff9f]*/gu)) {
    const folded = searchableForm(cluster);
    for (let unit = 0; unit < folded.length; unit += 1) offsets.push(index);
    form += folded;
  }
  return { form, original: (offset) => offsets[offset] ?? text.length };
}

function patternsOf(query: Query): readonly WordPattern[] {
  const known = patternsOfQuery.get(query);
  if (known !== undefined) return known;
  const words = query.wanted.flatMap((leaf) => (leaf.kind === 'phrase' ? [leaf.text] : contentWords(leaf)));
  const patterns = [...new Set(words)].flatMap((word) => wordPattern(word) ?? []);
  patternsOfQuery.set(query, patterns);
  return patterns;
}
