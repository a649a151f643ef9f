/** A condition on the terms of the text index, printed for each database. */
import { encodeTerm, type Phrase } from '#engines/lexis';

export type TermCondition =
  | { readonly op: 'fact'; readonly term: string; readonly prefix: boolean }
  | { readonly op: 'phrase'; readonly phrase: Phrase }
  | { readonly op: 'and' | 'or'; readonly parts: readonly TermCondition[] }
  /** The first without what fulfils the second. */
  | { readonly op: 'but-not'; readonly wanted: TermCondition; readonly excluded: TermCondition };

/** MATCH expression (https://sqlite.org/fts5.html#full_text_query_syntax); terms are encoded, nothing is syntax. */
export function printFts5(condition: TermCondition): string {
  switch (condition.op) {
    case 'fact':
      return `"${condition.term}"${condition.prefix ? '*' : ''}`;
    case 'phrase': {
      const { phrase } = condition;
      return `"${phrase.terms.map(encodeTerm).join(' ')}"${phrase.prefix ? '*' : ''}`;
    }
    case 'but-not':
      return `(${printFts5(condition.wanted)} NOT ${printFts5(condition.excluded)})`;
    default:
      return `(${condition.parts.map(printFts5).join(condition.op === 'and' ? ' AND ' : ' OR ')})`;
  }
}

/** tsquery text (https://www.postgresql.org/docs/current/datatype-textsearch.html). */
export function printTsquery(condition: TermCondition): string {
  switch (condition.op) {
    case 'fact':
      return `'${condition.term}'${condition.prefix ? ':*' : ''}`;
    case 'phrase': {
      const { phrase } = condition;
      const terms = phrase.terms.map((term) => `'${encodeTerm(term)}'`);
      return `(${terms.join(' <-> ')}${phrase.prefix ? ':*' : ''})`;
    }
    case 'but-not':
      return `(${printTsquery(condition.wanted)} & !${printTsquery(condition.excluded)})`;
    default:
      return `(${condition.parts.map(printTsquery).join(condition.op === 'and' ? ' & ' : ' | ')})`;
  }
}

/** Undefined when there is nothing to join: no condition. */
export function joinTerms(op: 'and' | 'or', parts: readonly TermCondition[]): TermCondition | undefined {
  return parts.length > 1 ? { op, parts } : parts[0];
}
