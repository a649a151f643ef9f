/** What is asked of the posting lists, as text: the plan of a query with its terms as they stand in the index. */
import { encodeTerm, planSearch, type Query, type Rung, type SearchPlan, type TextScope } from '#engines/lexis';

export type IndexCondition =
  | {
      readonly op: 'phrase';
      /** Side by side; of the last only the beginning with `prefix`. */
      readonly terms: readonly string[];
      readonly prefix: boolean;
      readonly scope?: TextScope;
    }
  | { readonly op: 'and' | 'or'; readonly parts: readonly IndexCondition[] }
  | { readonly op: 'not'; readonly part: IndexCondition };

export type PhraseCondition = Extract<IndexCondition, { op: 'phrase' }>;

/** Undefined when the query sets no condition. */
export function printCondition(query: Query, rung: Rung): string | undefined {
  const plan = planSearch(query, rung);
  return plan === undefined ? undefined : JSON.stringify(conditionOf(plan));
}

/** Of what {@link printCondition} made; nothing else is ever read. */
export function readCondition(printed: string): IndexCondition {
  return printed === '' ? { op: 'or', parts: [] } : (JSON.parse(printed) as IndexCondition);
}

function conditionOf(plan: SearchPlan): IndexCondition {
  switch (plan.op) {
    case 'phrase': {
      const { phrase, scope } = plan;
      const terms = phrase.terms.map(encodeTerm);
      return { op: 'phrase', terms, prefix: phrase.prefix, ...(scope === undefined ? {} : { scope }) };
    }
    case 'fact':
      return { op: 'phrase', terms: [plan.token], prefix: plan.prefix };
    case 'not':
      return { op: 'not', part: conditionOf(plan.part) };
    default:
      return { op: plan.op, parts: plan.parts.map(conditionOf) };
  }
}

/** Every phrase in it, excluded ones too. */
export function phrasesIn(condition: IndexCondition): readonly PhraseCondition[] {
  switch (condition.op) {
    case 'phrase':
      return [condition];
    case 'not':
      return phrasesIn(condition.part);
    default:
      return condition.parts.flatMap(phrasesIn);
  }
}
