/**
 * How well the words of a query fit, in three steps that every database can give in order without looking at all of the
 * matches: in the name; in name, creator, tags or trigger words; anywhere.
 */
import type { QueryNode } from '../../core/query-language/query-node.ts';
import type { Standing } from './index-terms.ts';
import type { NecessaryCondition } from './necessary-condition.ts';
import { joinTerms, type TermCondition } from './term-condition.ts';
import { standingWords } from './text-phrases.ts';

/** One tier when there are no words that every match must have. */
export function relevanceTiers(where: QueryNode, necessary: NecessaryCondition): readonly NecessaryCondition[] {
  const { terms } = necessary;
  const inName = wordsOf(where, ['name']);
  const inLabels = wordsOf(where, ['name', 'label']);
  if (terms === undefined || inName === undefined || inLabels === undefined) return [necessary];
  const tiers: readonly TermCondition[] = [
    { op: 'and', parts: [terms, inName] },
    { op: 'but-not', wanted: { op: 'and', parts: [terms, inLabels] }, excluded: inName },
    { op: 'but-not', wanted: terms, excluded: inLabels },
  ];
  return tiers.map((tier) => ({ ...necessary, terms: tier }));
}

function wordsOf(node: QueryNode, standings: readonly Standing[]): TermCondition | undefined {
  if (node.kind === 'text') return node.field === 'text' ? standingWords(node, standings) : undefined;
  if (node.kind !== 'all') return undefined;
  return joinTerms(
    'and',
    node.nodes.flatMap((one) => wordsOf(one, standings) ?? []),
  );
}
