/** How what is known of a model becomes terms of the text index and keys that are compared whole. */
import { encodeTerm, indexText } from '#engines/lexis';

import { plainWord } from '../../contract/index.ts';
import { foldText } from '../../core/query-language/fold-text.ts';

/**
 * Facts stand in the text index beside the words, so that the index cuts lists before anything is read. Their letter
 * follows the mark that begins an escaped character in a term; no escape goes on with it, so no word is ever a fact.
 */
const factLetters = { type: 't', base: 'm', tag: 'g', rating: 'r', right: 'l', creator: 'u', format: 'v', state: 's' };
/** The token every indexed text contains (see #engines/lexis). */
const everyText = 'ヿ';

export type Fact = keyof typeof factLetters;

export function factTerm(fact: Fact, value: string): string {
  return `ヿ${factLetters[fact]}${encodeTerm(plainWord(value))}`;
}

/** Downloads from which on a model is popular, most first: a list of frequent words begins with these. */
export const popularFrom = [10_000, 1000] as const;

/** Of models with at least so many downloads. */
export function popularTerm(downloads: (typeof popularFrom)[number]): string {
  return `ヿq${String(downloads).length}`;
}

/** Where a word stands: in a name, or in what labels a model. Facts, too, because a term alone does not tell. */
export type Standing = 'name' | 'label';

export function standingTerm(standing: Standing, encodedTerm: string): string {
  return `ヿ${standing === 'name' ? 'n' : 'w'}${encodedTerm}`;
}

/** One of each term in a column of terms. */
export function standingTerms(standing: Standing, column: string): readonly string[] {
  const terms = new Set(column.split(' ').filter((term) => term !== '' && term !== everyText));
  return [...terms].map((term) => standingTerm(standing, term));
}

/** Terms of several texts, between blanks, so that a phrase is a part of the whole and never spans two texts. */
export function termsOf(texts: readonly string[]): string {
  return ` ${texts.map(indexText).join(' ')} `;
}

/** Values between line feeds, which no folded text contains. */
function keysOf(values: readonly string[]): string {
  return `\n${[...new Set(values)].join('\n')}\n`;
}

export function foldedKeys(values: readonly string[]): string {
  return keysOf(values.map(foldText));
}

export function plainKeys(values: readonly string[]): string {
  return keysOf(values.map(plainWord));
}
