import type { Phrase } from './leaf-phrases.ts';
import type { Query } from './query.ts';
import { planSearch, type Rung, type SearchPlan } from './search-plan.ts';
import { encodeTerm } from './token-code.ts';

/**
 * The query as text for PostgreSQL's `to_tsquery('simple', …)` over `to_tsvector('simple', indexText(…))`; pass it as
 * a bound parameter. Operands are encoded terms in quotes, so nothing a person types can become syntax.
 *
 * @returns undefined when the query sets no condition.
 */
export function toTsquery(query: Query, rung: Rung = 'phrase'): string | undefined {
  const plan = planSearch(query, rung);
  return plan === undefined ? undefined : print(plan);
}

function print(plan: SearchPlan): string {
  switch (plan.op) {
    case 'phrase':
      return printPhrase(plan.phrase);
    case 'not':
      return `!${print(plan.part)}`;
    default:
      return `(${plan.parts.map(print).join(plan.op === 'and' ? ' & ' : ' | ')})`;
  }
}

function printPhrase({ terms, prefix }: Phrase): string {
  return `(${terms.map((term) => `'${encodeTerm(term)}'`).join(' <-> ')}${prefix ? ':*' : ''})`;
}
