/** The rule of `core/entries/reading-scope.ts` as a condition of the index, so that it holds before anything is counted. */
import type { FactNode, QueryNode } from '#engines/lexis';

import { departmentValue, type FactName, limitedValue } from '../entries/entry-facts.ts';
import { type ReadingScope, unfinished } from '../entries/reading-scope.ts';

/**
 * No condition for who sees everything. What is closed to somebody is excluded, instead of asking for what is open: of
 * the former there is little, and only that is marked in the index.
 */
export function readableNodes(scope: ReadingScope | undefined): readonly QueryNode[] {
  if (scope === undefined) return [];
  const limited = fact('audience', [limitedValue]);
  const { department } = scope;
  const hidden = department === undefined ? limited : without(limited, fact('audience', [departmentValue(department)]));
  const closed: QueryNode = scope.unfinished
    ? hidden
    : { kind: 'any', nodes: [hidden, fact('status', [...unfinished])] };
  return [{ kind: 'not', node: without(closed, fact('person', [scope.person])) }];
}

function without(node: QueryNode, excluded: QueryNode): QueryNode {
  return { kind: 'all', nodes: [node, { kind: 'not', node: excluded }] };
}

export function fact(name: FactName, values: readonly string[]): FactNode {
  return { kind: 'fact', name, values };
}
