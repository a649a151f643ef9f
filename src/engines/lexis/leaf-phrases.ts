/** What one piece of a query asks of the index, from strict to loose. */
import { analyse, type Term } from './analyse.ts';
import { contentWords, isHiragana, segmented } from './content-words.ts';
import type { QueryLeaf } from './query-node.ts';
import { synonymsOf } from './synonyms.ts';
import { withKnownCompounds, writtenVariants } from './written-variants.ts';

/** Terms that must stand side by side; with `prefix` the last one need only begin like that. */
export interface Phrase {
  readonly terms: readonly string[];
  readonly prefix: boolean;
}

/** Alternatives, one of which must occur: the whole piece as typed, or its parts in order. */
export function exactPhrases(terms: readonly Term[]): readonly Phrase[] {
  const sequence = terms.filter((term) => term.position !== undefined);
  const whole = terms.find((term) => term.position === undefined && coversAll(term, sequence));
  const parts = sequence.length === 0 ? [] : [inOrder(sequence)];
  if (whole === undefined) return parts;
  const wholePhrase: Phrase = { terms: [whole.text], prefix: false };
  return losesMeaning(sequence) ? [wholePhrase] : [wholePhrase, ...parts];
}

/**
 * The words of the piece, of each of which one way to write it must occur: parts of codes one by one, Japanese cut by the
 * dictionary of ICU.
 */
export function wordPhrases(leaf: QueryLeaf): ReadonlyArray<readonly Phrase[]> {
  if (!leaf.terms.some(isJapanese)) {
    const sequence = leaf.terms.filter(isInSequence);
    return losesMeaning(sequence) ? [exactPhrases(leaf.terms)] : sequence.map((term) => [inOrder([term])]);
  }
  const words = withKnownCompounds(segmented(leaf.text), leaf.text, (word) => writtenVariants(word).length > 0);
  const meaningful = words.filter((word) => !isHiragana(word));
  return (meaningful.length > 0 ? meaningful : words).flatMap((word) => alternatives([word, ...writtenVariants(word)]));
}

/** The words that carry the meaning, each with the other words for it: one of each group, or of any, must occur. */
export function synonymPhrases(leaf: QueryLeaf): ReadonlyArray<readonly Phrase[]> {
  return contentWords(leaf).flatMap((word) => alternatives([word, ...synonymsOf(word)]));
}

function alternatives(words: readonly string[]): ReadonlyArray<readonly Phrase[]> {
  const phrases = words.flatMap(phraseOfWord);
  return phrases.length === 0 ? [] : [phrases];
}

function phraseOfWord(word: string): readonly Phrase[] {
  const terms = analyse(word);
  const sequence = terms.filter(isInSequence);
  if (losesMeaning(sequence)) return exactPhrases(terms);
  return [inOrder(sequence)];
}

/** Single terms, any of which may occur. Pure hiragana (particles, verb endings) counts only when there is no other. */
export function fragmentPhrases(leaf: QueryLeaf): readonly Phrase[] {
  const single = leaf.terms.filter((term, index) => {
    const isRest = isJapanese(term) && isSingle(term) && isJapaneseAt(leaf.terms, index - 1);
    return !isRest;
  });
  const meaningful = single.filter((term) => !isHiragana(leaf.text.slice(term.start, term.end)));
  return (meaningful.length > 0 ? meaningful : single).map((term) =>
    term.position === undefined ? { terms: [term.text], prefix: false } : inOrder([term]),
  );
}

/** A run's last character alone ends the phrase only if the run has no other; then anything may follow it. */
function inOrder(sequence: readonly Term[]): Phrase {
  const last = sequence.at(-1);
  const texts = sequence.map((term) => term.text);
  if (last === undefined || !isJapanese(last) || !isSingle(last)) return { terms: texts, prefix: false };
  const before = sequence.at(-2);
  const endsRun = before !== undefined && isJapanese(before) && before.end > last.start;
  return endsRun ? { terms: texts.slice(0, -1), prefix: false } : { terms: texts, prefix: true };
}

function coversAll(whole: Term, sequence: readonly Term[]): boolean {
  return sequence.every((term) => term.start >= whole.start && term.end <= whole.end);
}

/** C# without its sign is a letter, キー without its mark one kana: then only the whole will do. */
function losesMeaning(sequence: readonly Term[]): boolean {
  const [only] = sequence;
  return sequence.length <= 1 && (only === undefined || only.text.length < 2);
}

function isInSequence(term: Term): boolean {
  return term.position !== undefined;
}

function isJapanese(term: Term): boolean {
  return term.kind === 'japanese';
}

function isJapaneseAt(terms: readonly Term[], index: number): boolean {
  const term = terms[index];
  const next = terms[index + 1];
  return term !== undefined && next !== undefined && isJapanese(term) && term.end > next.start;
}

function isSingle(term: Term): boolean {
  return Array.from(term.text).length === 1;
}
