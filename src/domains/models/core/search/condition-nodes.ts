/**
 * Every condition of a search as a named node of the query language: the one list of predicates that what the site
 * sends is held against and that the catalogue is asked with, so nothing is taken for granted (models.md trap 3).
 */
import type { SearchQuery } from '../../contract/index.ts';
import type { QueryField, QueryNode } from '../query-language/query-node.ts';
import { createVocabulary, expandBase, type OpenKind, type Vocabulary } from '../vocabulary/vocabulary.ts';
import { startOf, startOfPeriod } from './time-window.ts';

export interface NamedNode {
  /** As the stage is called. */
  readonly name: string;
  readonly node: QueryNode;
}

/** Conditions of a search without the text, as saved searches, sweeps and `get --where` have them too. */
export type ConditionQuery = Omit<
  SearchQuery,
  'query' | 'sort' | 'sortBy' | 'direction' | 'mine' | 'source' | 'strategy' | 'limit' | 'cursor' | 'checkpointType'
>;

/**
 * In the order in which they are applied; what was not asked for has no node. `protected` is always there: it keeps
 * minors and real people with adult content out of every answer. `checkpointType` and `mine` are known to the site alone.
 * @throws KuraError `models.unknown-family`
 */
export function conditionNodes(
  query: ConditionQuery,
  now: number,
  vocabulary: Vocabulary = createVocabulary(),
): readonly NamedNode[] {
  return [
    { name: 'protected', node: { kind: 'not', node: is('nsfw', ['excluded']) } },
    ...wordNodes(query, vocabulary),
    ...dateNodes(query, now),
    ...rangeNodes(query),
    ...(query.nsfw === 'all' ? [] : [{ name: 'nsfw', node: is('nsfw', ['safe']) }]),
  ];
}

/** The conditions as one tree. */
export function allOf(nodes: readonly NamedNode[]): QueryNode {
  return { kind: 'all', nodes: nodes.map(({ node }) => node) };
}

function wordNodes(query: ConditionQuery, vocabulary: Vocabulary): readonly NamedNode[] {
  const { type, tag, anyTag, notTag, category, creator, license, format, access } = query;
  return [
    ...named('type', type, (names) => is('type', resolved('type', names, vocabulary))),
    ...named('base', query.base, (names) =>
      is(
        'base',
        names.flatMap((name) => expandBase(name, vocabulary)),
      ),
    ),
    ...named('tag', tag, (names) => each('tag', names)),
    ...named('anyTag', anyTag, (names) => is('tag', names)),
    ...named('notTag', notTag, (names) => ({ kind: 'not', node: is('tag', names) })),
    ...named('category', category, (names) => is('category', names)),
    ...named('creator', creator === undefined ? undefined : [creator], (names) => is('creator', names)),
    ...named('license', license, (permissions) => each('license', permissions)),
    ...named('format', format, (names) => is('format', resolved('format', names, vocabulary))),
    ...named('access', access === undefined || access === 'any' ? undefined : [access], (words) => is('access', words)),
  ];
}

function resolved(kind: OpenKind, names: readonly string[], vocabulary: Vocabulary): readonly string[] {
  return names.map((name) => vocabulary.resolve(kind, name).value);
}

function dateNodes(query: ConditionQuery, now: number): readonly NamedNode[] {
  const { since, publishedAfter, publishedBefore, updatedAfter, updatedBefore } = query;
  return [
    ...within('period', 'published', startOfPeriod(query.period ?? 'AllTime', now), undefined),
    ...within('since', 'published', start(since, now), undefined),
    ...within('published', 'published', start(publishedAfter, now), endBefore(publishedBefore, now)),
    ...within('updated', 'updated', start(updatedAfter, now), endBefore(updatedBefore, now)),
  ];
}

function rangeNodes(query: ConditionQuery): readonly NamedNode[] {
  return [
    ...within('downloads', 'downloads', query.minDownloads, query.maxDownloads),
    ...within('likes', 'likes', query.minLikes, query.maxLikes),
    ...within('likeRatio', 'likeRatio', query.minLikeRatio, query.maxLikeRatio),
    ...within('interactions', 'interactions', query.minInteractions, undefined),
    ...within('size', 'size', query.minSizeBytes, query.maxSizeBytes),
  ];
}

function named<Word>(
  name: string,
  words: readonly Word[] | undefined,
  nodeOf: (words: readonly Word[]) => QueryNode,
): readonly NamedNode[] {
  return words === undefined || words.length === 0 ? [] : [{ name, node: nodeOf(words) }];
}

function within(
  name: string,
  field: QueryField,
  min: number | undefined,
  max: number | undefined,
): readonly NamedNode[] {
  if (min === undefined && max === undefined) return [];
  return [{ name, node: { kind: 'range', field, min: min ?? null, max: max ?? null } }];
}

function is(field: QueryField, values: readonly string[]): QueryNode {
  return { kind: 'is', field, values };
}

function each(field: QueryField, values: readonly string[]): QueryNode {
  return { kind: 'all', nodes: values.map((value) => is(field, [value])) };
}

function start(moment: string | undefined, now: number): number | undefined {
  return moment === undefined ? undefined : startOf(moment, now);
}

/** "Before the first" does not include the first. */
function endBefore(moment: string | undefined, now: number): number | undefined {
  return moment === undefined ? undefined : startOf(moment, now) - 1;
}
