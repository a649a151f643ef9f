/** A query without the words that stand nowhere. */
import { saysNothing } from './content-words.ts';
import type { Query, QueryLeaf, QueryNode } from './query-node.ts';

/** Beyond these it is a sentence, which asks for some of its words anyway. */
const mostWords = 8;

/** The words that all must stand, of which one may be given up: none with a figure in it, who types a code wants that. */
export function droppableWords({ root }: Query): readonly QueryLeaf[] {
  const words = root?.kind === 'all' ? root.nodes.filter(isWord) : [];
  return words.length < 2 || words.length > mostWords ? [] : words.filter(({ text }) => !/\p{N}/u.test(text));
}

/**
 * Undefined where none is absent, or not more are left than were given up: half of two words is another question. What was
 * left out is said in `ignored`.
 */
export function withoutWords(query: Query, absent: readonly QueryLeaf[]): Query | undefined {
  const { root } = query;
  if (absent.length === 0 || root?.kind !== 'all') return undefined;
  const nodes = root.nodes.filter((node) => !absent.some((leaf) => leaf === node));
  if (nodes.filter(isWord).length <= absent.length) return undefined;
  const [only] = nodes;
  return {
    ...query,
    root: nodes.length === 1 ? only : { kind: 'all', nodes },
    wanted: query.wanted.filter((leaf) => !absent.includes(leaf)),
    ignored: [...query.ignored, ...absent.map(({ text }) => text)],
  };
}

function isWord(node: QueryNode): node is QueryLeaf {
  return node.kind === 'words' && !saysNothing(node);
}
