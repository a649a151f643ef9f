/** A query as a condition on terms, independent of the database; the printers beside it write the two dialects. */
import { saysNothing } from './content-words.ts';
import { exactPhrases, fragmentPhrases, type Phrase, synonymPhrases, wordPhrases } from './leaf-phrases.ts';
import type { TextScope } from './query-fields.ts';
import type { Query, QueryLeaf, QueryNode } from './query-node.ts';
import { prefixesBetween } from './read-days.ts';
import { factToken } from './token-code.ts';

/**
 * The ladder, strict to loose: `phrase` – every piece stands as typed; `words` – every word of every piece occurs
 * somewhere, or the piece stands as typed; `synonyms` – another word for each will do; `some` – any of the words occurs;
 * `fragments` – any word or bigram occurs. Quoted phrases and exclusions hold on every rung.
 */
export const rungs = ['phrase', 'words', 'synonyms', 'some', 'fragments'] as const;
export type Rung = (typeof rungs)[number];

export type SearchPlan =
  | { readonly op: 'phrase'; readonly phrase: Phrase; readonly scope?: TextScope }
  /** As made by `factToken`, or with `prefix` only beginning like that. */
  | { readonly op: 'fact'; readonly token: string; readonly prefix: boolean }
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
      return { op: 'not', part: planOf(node.node, 'phrase') };
    case 'fact':
      return joined(
        'or',
        node.values.map((value) => ({ op: 'fact', token: factToken(node.name, value), prefix: false })),
      );
    case 'days':
      return joined(
        'or',
        prefixesBetween(node).map((days) => ({
          op: 'fact',
          token: factToken(node.name, days),
          prefix: days.length < 8,
        })),
      );
    case 'any':
      return joined(
        'or',
        node.nodes.map((child) => planOf(child, rung)),
      );
    case 'all':
      return rung === 'some' || rung === 'fragments'
        ? loosened(node.nodes, rung)
        : joined(
            'and',
            (rung === 'phrase' ? node.nodes : withoutGrammar(node.nodes)).map((child) => planOf(child, rung)),
          );
    default:
      return leafPlan(node, node.kind === 'phrase' ? 'phrase' : rung);
  }
}

/** Between the pieces, too, one is enough – except for those that were quoted, excluded or are no words. */
function loosened(all: readonly QueryNode[], rung: Rung): SearchPlan {
  const nodes = withoutGrammar(all);
  const firm = nodes.filter(isFirm);
  const loose = nodes.filter((node) => !firm.includes(node));
  const plans = firm.map((node) => planOf(node, rung));
  if (loose.length > 0)
    plans.push(
      joined(
        'or',
        loose.map((node) => planOf(node, rung)),
      ),
    );
  return joined('and', plans);
}

/** What of a query holds on every rung: filters, quotations, exclusions. */
export function firmNodes({ root }: Query): readonly QueryNode[] {
  if (root === undefined) return [];
  return (root.kind === 'all' ? root.nodes : [root]).filter(isFirm);
}

function isFirm(node: QueryNode): boolean {
  return 'nodes' in node ? node.nodes.every(isFirm) : node.kind !== 'words';
}

/** "how do I restore a mailbox" wants two words; a query of nothing but grammar wants all of them. */
function withoutGrammar(nodes: readonly QueryNode[]): readonly QueryNode[] {
  const meaningful = nodes.filter((node) => node.kind !== 'words' || !saysNothing(node));
  return meaningful.some((node) => node.kind === 'words' || 'nodes' in node || node.kind === 'phrase')
    ? meaningful
    : nodes;
}

function leafPlan(leaf: QueryLeaf, rung: Rung): SearchPlan {
  const plan = unscopedPlan(leaf, rung);
  return leaf.scope === undefined ? plan : within(plan, leaf.scope);
}

function within(plan: SearchPlan, scope: TextScope): SearchPlan {
  switch (plan.op) {
    case 'phrase':
      return { ...plan, scope };
    case 'and':
    case 'or':
      return { ...plan, parts: plan.parts.map((part) => within(part, scope)) };
    default:
      return plan;
  }
}

function unscopedPlan(leaf: QueryLeaf, rung: Rung): SearchPlan {
  const exact = leaf.unfinished === true ? beginnings(exactPhrases(leaf.terms)) : exactPhrases(leaf.terms);
  if (rung === 'phrase') return ofPhrases('or', exact);
  const looser = looserPlan(leaf, rung);
  if (looser === undefined) return ofPhrases('or', exact);
  if (rung === 'fragments' || exact.length === 0 || looser.op === 'phrase') return looser;
  return joined('or', [...exact.map((phrase): SearchPlan => ({ op: 'phrase', phrase })), looser]);
}

function beginnings(phrases: readonly Phrase[]): readonly Phrase[] {
  return phrases.map(({ terms }) => ({ terms, prefix: true }));
}

function looserPlan(leaf: QueryLeaf, rung: Exclude<Rung, 'phrase'>): SearchPlan | undefined {
  if (rung === 'fragments') {
    const phrases = fragmentPhrases(leaf);
    return phrases.length === 0 ? undefined : ofPhrases('or', phrases);
  }
  const words = rung === 'words' ? wordPhrases(leaf) : synonymPhrases(leaf);
  const groups = words.map((phrases) => ofPhrases('or', phrases));
  return groups.length === 0 ? undefined : joined(rung === 'some' ? 'or' : 'and', groups);
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
