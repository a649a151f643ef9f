/** A typed query together with what else was asked for, as one query: the index answers both at once. */
import type { Query, QueryNode } from '#engines/lexis';

import { type FactName, factValue } from '../entries/entry-facts.ts';
import { tagName } from '../tags/tag-names.ts';
import { fact, readableNodes } from './readable-node.ts';
import type { AskedSearch } from './search-request.ts';

/** Archived entries are left out unless they are asked for, by option or in the query; what the reader may not see, always. */
export function narrowed(query: Query, { scope, tagNames, type, tag = [], status }: AskedSearch): Query {
  const filters: QueryNode[] = [
    ...readableNodes(scope),
    ...tag.map((one) => fact('tag', [factValue(tagName(tagNames, one))])),
  ];
  if (type !== undefined) filters.push(fact('type', type));
  if (status !== undefined) filters.push(fact('status', status));
  else if (!asksFor('status', query.root)) filters.push({ kind: 'not', node: fact('status', ['archived']) });
  return withConditions(query, filters);
}

export function withConditions(query: Query, conditions: readonly QueryNode[]): Query {
  const { root } = query;
  const own = root?.kind === 'all' ? root.nodes : [root].filter((node) => node !== undefined);
  const nodes = [...own, ...conditions];
  const [only] = nodes;
  if (only === undefined) return query;
  return { ...query, root: nodes.length === 1 ? only : { kind: 'all', nodes } };
}

function asksFor(name: FactName, node: QueryNode | undefined): boolean {
  switch (node?.kind) {
    case 'fact':
      return node.name === name;
    case 'not':
      return asksFor(name, node.node);
    case 'all':
    case 'any':
      return node.nodes.some((one) => asksFor(name, one));
    default:
      return false;
  }
}
