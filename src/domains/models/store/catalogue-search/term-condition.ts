/** A condition on the terms of the text index, printed for each database. */
import { encodeTerm, type Phrase } from '#engines/lexis';

/** Columns of the index; none given = all of them. */
export type TermColumn = 'name' | 'labels' | 'words';

export type TermCondition =
  | { readonly op: 'fact'; readonly term: string; readonly prefix: boolean }
  | { readonly op: 'phrase'; readonly phrase: Phrase; readonly within: readonly TermColumn[] }
  | { readonly op: 'and' | 'or'; readonly parts: readonly TermCondition[] }
  /** The first without what fulfils the second. */
  | { readonly op: 'but-not'; readonly wanted: TermCondition; readonly excluded: TermCondition };

/** MATCH expression (https://sqlite.org/fts5.html#full_text_query_syntax); terms are encoded, nothing is syntax. */
export function printFts5(condition: TermCondition): string {
  switch (condition.op) {
    case 'fact':
      return `"${condition.term}"${condition.prefix ? '*' : ''}`;
    case 'phrase': {
      const { phrase, within } = condition;
      const columns = within.length === 0 ? '' : `{${within.join(' ')}} : `;
      return `${columns}"${phrase.terms.map(encodeTerm).join(' ')}"${phrase.prefix ? '*' : ''}`;
    }
    case 'but-not':
      return `(${printFts5(condition.wanted)} NOT ${printFts5(condition.excluded)})`;
    default:
      return `(${condition.parts.map(printFts5).join(condition.op === 'and' ? ' AND ' : ' OR ')})`;
  }
}

const weights: Readonly<Record<TermColumn, string>> = { name: 'A', labels: 'B', words: 'C' };

/** tsquery text (https://www.postgresql.org/docs/current/datatype-textsearch.html). */
export function printTsquery(condition: TermCondition): string {
  switch (condition.op) {
    case 'fact':
      return `'${condition.term}'${condition.prefix ? ':*' : ''}`;
    case 'phrase': {
      const { phrase, within } = condition;
      const marks = within.map((column) => weights[column]).join('');
      const last = phrase.terms.length - 1;
      const terms = phrase.terms.map((term, place) => {
        const label = (phrase.prefix && place === last ? '*' : '') + marks;
        return `'${encodeTerm(term)}'${label === '' ? '' : `:${label}`}`;
      });
      return `(${terms.join(' <-> ')})`;
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
