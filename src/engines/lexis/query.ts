/**
 * The query language: words separated by blanks must all match; "…" (also 「…」) must stand like that; -word must not
 * occur; a OR b needs one of the two and binds tighter than the blank. Anything is a query: what cannot be understood
 * as an operator is text, what holds nothing to search for is reported in `ignored`, never dropped silently.
 */
import { analyse, type Term } from './analyse.ts';

export interface QueryLeaf {
  /** `words` may be loosened further down the ladder, `phrase` was quoted and may not. */
  readonly kind: 'words' | 'phrase';
  /** As typed, without quotes and minus sign. */
  readonly text: string;
  /** Offsets of `text` in the query, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly terms: readonly Term[];
}

export type QueryNode =
  | QueryLeaf
  | { readonly kind: 'not'; readonly node: QueryLeaf }
  | { readonly kind: 'all'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'any'; readonly nodes: readonly QueryNode[] };

export interface Query {
  readonly source: string;
  /** Undefined when there is nothing to search for: an empty query sets no condition. */
  readonly root: QueryNode | undefined;
  /** The leaves that are wanted, in order; what to highlight. */
  readonly wanted: readonly QueryLeaf[];
  /** Pieces of the query that set no condition: without letters and digits, or beyond the limits. */
  readonly ignored: readonly string[];
}

/** Beyond these nobody types; they keep the cost of one query in bounds. */
const longestQuery = 1000;
const mostLeaves = 32;

/** Never throws. Complexity is linear in the length of `source`. */
export function parseQuery(source: string): Query {
  const ignored: string[] = source.length > longestQuery ? [source.slice(longestQuery)] : [];
  const groups: QueryNode[][] = [];
  let joinsPrevious = false;
  let count = 0;
  for (const piece of piecesOf(source.slice(0, longestQuery))) {
    if (piece.isOr && groups.length > 0) {
      joinsPrevious = true;
      continue;
    }
    const leaf = leafOf(piece);
    if (leaf.terms.length === 0 || count === mostLeaves) {
      if (leaf.text.trim() !== '') ignored.push(leaf.text);
      continue;
    }
    count += 1;
    const node: QueryNode = piece.negated ? { kind: 'not', node: leaf } : leaf;
    if (joinsPrevious) groups.at(-1)?.push(node);
    else groups.push([node]);
    joinsPrevious = false;
  }
  const root =
    groups.length === 0
      ? undefined
      : combined(
          'all',
          groups.map((group) => combined('any', group)),
        );
  return { source, root, wanted: root === undefined ? [] : wantedLeaves(root), ignored };
}

interface Piece {
  readonly kind: QueryLeaf['kind'];
  readonly negated: boolean;
  readonly isOr: boolean;
  readonly text: string;
  readonly start: number;
}

const pieces = new RegExp(
  String.raw`(?<minus>(?<![^\s\u3000])[-－−](?=[^\s\-－−]))?` +
    String.raw`(?:["“”＂](?<straight>[^"“”＂]*)(?:["“”＂]|$)|[「『](?<corner>[^」』]*)(?:[」』]|$)|(?<word>[^\s"“”＂「」『』、。]+))`,
  'dgu',
);

function* piecesOf(source: string): Generator<Piece> {
  for (const match of source.matchAll(pieces)) {
    const { minus, straight, corner, word } = match.groups ?? {};
    const quoted = straight ?? corner;
    const spans = match.indices?.groups ?? {};
    const span = spans['straight'] ?? spans['corner'] ?? spans['word'];
    yield {
      kind: quoted === undefined ? 'words' : 'phrase',
      negated: minus !== undefined,
      isOr: minus === undefined && word !== undefined && /^(?:OR|\|{1,2})$/.test(word.normalize('NFKC')),
      text: quoted ?? word ?? '',
      start: span?.[0] ?? match.index,
    };
  }
}

function leafOf({ kind, text, start }: Piece): QueryLeaf {
  return { kind, text, start, end: start + text.length, terms: analyse(text) };
}

function combined(kind: 'all' | 'any', nodes: readonly QueryNode[]): QueryNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind, nodes };
}

function wantedLeaves(node: QueryNode): readonly QueryLeaf[] {
  switch (node.kind) {
    case 'not':
      return [];
    case 'all':
    case 'any':
      return node.nodes.flatMap(wantedLeaves);
    default:
      return [node];
  }
}
