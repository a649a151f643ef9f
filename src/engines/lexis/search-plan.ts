/** A query as a condition on terms, independent of the database; the printers beside it write the two dialects. */
import { exactPhrases, fragmentPhrases, type Phrase, wordPhrases } from './leaf-phrases.ts';
import type { Query, QueryLeaf, QueryNode } from './query.ts';

/**
 * The ladder, strict to loose: `phrase` – every piece stands as typed; `words` – every word of every piece occurs
 * somewhere; `fragments` – any word or bigram occurs (BM25 puts the fullest match first). Quoted phrases and
 * exclusions hold on every rung.
 */
export const rungs = ['phrase', 'words', 'fragments'] as const;
export type Rung = (typeof rungs)[number];

export type SearchPlan =
  | { readonly op: 'phrase'; readonly phrase: Phrase }
  | { readonly op: 'and' | 'or'; readonly parts: readonly SearchPlan[] }
  | { readonly op: 'not'; readonly part: SearchPlan };

/** Undefined when the query sets no condition. */
export function planSearch(query: Query, rung: Rung): SearchPlan | undefined {
  return query.root === undefined ? undefined : planOf(query.root, rung);
}

export interface LadderStep {
  readonly rung: Rung;
  /** The condition in the dialect of the printer. */
  readonly match: string;
}

/** The rungs that differ, in order: run the next while there are too few hits, and say so to the person. */
export function ladder(query: Query, print: (query: Query, rung: Rung) => string | undefined): readonly LadderStep[] {
  const steps: LadderStep[] = [];
  for (const rung of rungs) {
    const match = print(query, rung);
    if (match !== undefined && steps.every((step) => step.match !== match)) steps.push({ rung, match });
  }
  return steps;
}

function planOf(node: QueryNode, rung: Rung): SearchPlan {
  switch (node.kind) {
    case 'not':
      return { op: 'not', part: leafPlan(node.node, 'phrase') };
    case 'any':
      return joined(
        'or',
        node.nodes.map((child) => planOf(child, rung)),
      );
    case 'all':
      return rung === 'fragments'
        ? loosened(node.nodes)
        : joined(
            'and',
            node.nodes.map((child) => planOf(child, rung)),
          );
    default:
      return leafPlan(node, node.kind === 'phrase' ? 'phrase' : rung);
  }
}

/** Between the pieces, too, one is enough – except for those that were quoted or excluded. */
function loosened(nodes: readonly QueryNode[]): SearchPlan {
  const firm = nodes.filter((node) => node.kind === 'phrase' || node.kind === 'not');
  const loose = nodes.filter((node) => !firm.includes(node));
  const plans = firm.map((node) => planOf(node, 'fragments'));
  if (loose.length > 0)
    plans.push(
      joined(
        'or',
        loose.map((node) => planOf(node, 'fragments')),
      ),
    );
  return joined('and', plans);
}

function leafPlan(leaf: QueryLeaf, rung: Rung): SearchPlan {
  const exact = exactPhrases(leaf.terms);
  if (rung === 'phrase') return ofPhrases('or', exact);
  const looser = rung === 'words' ? wordPhrases(leaf) : fragmentPhrases(leaf);
  return looser.length === 0 ? ofPhrases('or', exact) : ofPhrases(rung === 'words' ? 'and' : 'or', looser);
}

function ofPhrases(op: 'and' | 'or', phrases: readonly Phrase[]): SearchPlan {
  return joined(
    op,
    phrases.map((phrase) => ({ op: 'phrase', phrase })),
  );
}

function joined(op: 'and' | 'or', parts: readonly SearchPlan[]): SearchPlan {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op, parts };
}
