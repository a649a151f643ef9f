import type { Phrase } from './leaf-phrases.ts';
import type { TextScope } from './query-fields.ts';
import type { Query } from './query-node.ts';
import { planSearch, type Rung, type SearchPlan } from './search-plan.ts';
import { encodeTerm, everyText } from './token-code.ts';

/**
 * The query as a MATCH expression for a table filled with `indexText`. Every phrase is quoted and made of encoded
 * terms only, so nothing a person types can become syntax (https://sqlite.org/fts5.html#full_text_query_syntax).
 *
 * @returns undefined when the query sets no condition: list everything instead of matching.
 */
export function toFts5(query: Query, rung: Rung = 'phrase'): string | undefined {
  const plan = planSearch(query, rung);
  return plan === undefined ? undefined : print(plan);
}

const everything = `"${everyText}"`;

function print(plan: SearchPlan): string {
  switch (plan.op) {
    case 'phrase':
      return printPhrase(plan.phrase, plan.scope);
    case 'fact':
      return `"${plan.token}"${plan.prefix ? '*' : ''}`;
    case 'or':
      return `(${plan.parts.map(print).join(' OR ')})`;
    case 'not':
      return `(${everything} NOT ${print(plan.part)})`;
    default:
      return printAnd(plan.parts);
  }
}

/** NOT takes two sides in FTS5: what is wanted, or else every text, without any of the excluded. */
function printAnd(parts: readonly SearchPlan[]): string {
  const wanted = parts.flatMap((part) => (part.op === 'not' ? [] : [print(part)]));
  const excluded = parts.flatMap((part) => (part.op === 'not' ? [print(part.part)] : []));
  const base = wanted.length === 0 ? everything : `(${wanted.join(' AND ')})`;
  return excluded.length === 0 ? base : `(${base} NOT (${excluded.join(' OR ')}))`;
}

function printPhrase({ terms, prefix }: Phrase, scope: TextScope | undefined): string {
  return `${scope === undefined ? '' : `${scope} : `}"${terms.map(encodeTerm).join(' ')}"${prefix ? '*' : ''}`;
}
