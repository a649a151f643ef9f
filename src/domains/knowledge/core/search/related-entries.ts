/** Entries about the same as one: they hold the words that tell it from the others, the rare ones most of all. */
import { parseQuery, type QueryNode } from '#engines/lexis';

import type { EntryType, RelatedEntry } from '../../contract/index.ts';
import { entryPositionBounds, findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { ReadingScope } from '../entries/reading-scope.ts';
import { withConditions } from './narrow-query.ts';
import { readableNodes } from './readable-node.ts';
import type { SearchDeps } from './search-request.ts';
import { wordWeights } from './word-weights.ts';

export interface RelatedRequest {
  readonly type?: readonly EntryType[] | undefined;
  readonly limit: number;
}

export type ComparedText = Pick<Entry, 'title' | 'tags' | 'body'>;

/** An entry, or what is about to become one. */
type ComparedEntry = ComparedText & Pick<Entry, 'position'>;

/** Of each entry these many words are asked for. */
const mostWords = 24;
/** A word in more entries than that tells nothing apart. */
const mostHolding = 400;
/** Less in common than that is chance. */
const leastLikeness = 0.12;

interface SharedWord {
  readonly word: string;
  readonly weight: number;
  readonly holding: readonly number[];
}

export async function relatedEntries(
  deps: SearchDeps,
  entry: ComparedEntry,
  { scope, type, limit }: RelatedRequest & { readonly scope: ReadingScope | undefined },
): Promise<readonly RelatedEntry[]> {
  const words = await weighedWords(deps, entry, [...readableNodes(scope), ...conditionsOf(type)]);
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  const shared = new Map<number, SharedWord[]>();
  for (const word of words) {
    for (const position of word.holding) {
      if (position === entry.position) continue;
      const before = shared.get(position);
      if (before === undefined) shared.set(position, [word]);
      else before.push(word);
    }
  }
  const likeness = [...shared].map(([position, of]) => ({
    position,
    shared: of,
    likeness: of.reduce((sum, { weight }) => sum + weight, 0) / total,
  }));
  const nearest = likeness
    .filter((one) => one.likeness >= leastLikeness && one.shared.length > 1)
    .toSorted((a, b) => b.likeness - a.likeness || b.position - a.position)
    .slice(0, limit);
  return await presented(deps, nearest);
}

function conditionsOf(type: readonly EntryType[] | undefined): readonly QueryNode[] {
  const current: QueryNode = { kind: 'not', node: { kind: 'fact', name: 'status', values: ['archived'] } };
  return type === undefined ? [current] : [current, { kind: 'fact', name: 'type', values: type }];
}

async function weighedWords(
  { database, index }: SearchDeps,
  entry: ComparedEntry,
  conditions: readonly QueryNode[],
): Promise<readonly SharedWord[]> {
  const { first, last } = await entryPositionBounds(database.tables<KnowledgeTables>());
  const weightiest = [...wordWeights(entry)].toSorted(([, a], [, b]) => b - a).slice(0, mostWords);
  const asked = weightiest.flatMap(([word, count]) => {
    const condition = index.print(withConditions(parseQuery(`"${word}"`), conditions), 'phrase');
    return condition === undefined ? [] : [{ word, count, condition }];
  });
  const found = await index.newest(
    database.tables(),
    asked.map(({ condition }) => condition),
    mostHolding + 1,
  );
  return asked.flatMap(({ word, count }, place) => {
    const holding = found[place] ?? [];
    if (holding.length > mostHolding) return [];
    const rarity = Math.log(1 + (last - first + 1) / (holding.length + 1));
    return [{ word, weight: rarity * Math.sqrt(count), holding }];
  });
}

async function presented(
  { database }: SearchDeps,
  nearest: ReadonlyArray<{ readonly position: number; readonly likeness: number; readonly shared: SharedWord[] }>,
): Promise<readonly RelatedEntry[]> {
  const positions = nearest.map(({ position }) => position);
  const entries = await findEntries(database.tables<KnowledgeTables>(), 'position', positions);
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  return nearest.flatMap(({ position, likeness, shared }) => {
    const entry = byPosition.get(position);
    if (entry === undefined) return [];
    const { id, externalId, title, type, status, tags, updatedAt } = entry;
    return {
      id,
      ...(externalId === undefined ? {} : { externalId }),
      title,
      type,
      status,
      tags,
      updatedAt,
      likeness: Math.round(likeness * 1000) / 1000,
      shared: shared.toSorted((a, b) => b.weight - a.weight).map(({ word }) => word),
    };
  });
}
