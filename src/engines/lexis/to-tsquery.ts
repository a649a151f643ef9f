import type { Phrase } from './leaf-phrases.ts';
import type { TextScope } from './query-fields.ts';
import type { Query } from './query-node.ts';
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
      return printPhrase(plan.phrase, plan.scope);
    case 'fact':
      return `'${plan.token}'${plan.prefix ? ':*' : ''}`;
    case 'not':
      return `!${print(plan.part)}`;
    default:
      return `(${plan.parts.map(print).join(plan.op === 'and' ? ' & ' : ' | ')})`;
  }
}

/** How the parts of a text are told apart in a tsvector. */
const weightOf: Readonly<Record<TextScope, string>> = { title: 'A', tags: 'B', body: 'D' };

function printPhrase({ terms, prefix }: Phrase, scope: TextScope | undefined): string {
  const weight = scope === undefined ? '' : weightOf[scope];
  const last = `${prefix ? '*' : ''}${weight}`;
  const operands = terms.map((term, index) => {
    const mark = index === terms.length - 1 ? last : weight;
    return `'${encodeTerm(term)}'${mark === '' ? '' : `:${mark}`}`;
  });
  return `(${operands.join(' <-> ')})`;
}
