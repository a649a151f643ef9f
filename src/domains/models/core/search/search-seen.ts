/** The same search over what was seen before, in the catalogue and without the network (`source: catalogue`). */
import { type Instant, instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { SearchQuery, SearchStage } from '../../contract/index.ts';
import { countCatalogueModels } from '../../store/catalogue-count-store.ts';
import { oldestSeen, readFound } from '../../store/catalogue-reader.ts';
import type { CatalogueOrder } from '../../store/catalogue-search/catalogue-order.ts';
import { type CatalogueResult, searchCatalogue } from '../../store/catalogue-search/search-catalogue.ts';
import { parseQuery } from '../query-language/parse-query.ts';
import { createVocabulary, type Vocabulary } from '../vocabulary/vocabulary.ts';
import { allOf, type ConditionQuery, conditionNodes, type NamedNode } from './condition-nodes.ts';
import { defaultQuality } from './quality-score.ts';
import { DEFAULT_SORT, RELEVANCY, type SearchOrder, wishOf } from './search-order.ts';
import { nameWarnings } from './search-plan.ts';
import type { SearchOutcome, SeenDeps } from './search-step.ts';
import type { Relaxation } from './sieve.ts';
import { siteStagesOf } from './site-questions.ts';

/**
 * The text is in the query language, the conditions and the answer are those of every search.
 * @throws KuraError `models.bad-cursor`, `models.query-…`, `models.only-the-site` and `models.sort-needs-browsing` for what
 * only the site knows, `models.unknown-family`
 */
export async function searchSeen(deps: SeenDeps, query: SearchQuery, signal: AbortSignal): Promise<SearchOutcome> {
  const now = deps.clock.now();
  const vocabulary = (await deps.vocabulary?.()) ?? createVocabulary();
  const { order, shown } = seenOrder(query);
  const quality = deps.quality?.options() ?? defaultQuality;
  if (order.field === 'quality') await deps.quality?.count(quality, signal);
  const nodes = seenNodes(query, now, vocabulary);
  const catalogue = { database: deps.database, order, now: instant(new Date(now)) };
  const result = await searchCatalogue(deps.database, {
    ...catalogue,
    where: allOf(nodes),
    limit: query.limit,
    after: query.cursor,
  });
  const found = await readFound(deps.database, result.hits);
  return {
    found,
    order: shown,
    now,
    quality,
    asOf: await oldestSeen(deps.database, result.hits),
    stages: await stagesOf(deps.database, result),
    sent: [],
    contributions: [{ question: 'catalogue', fetched: found.length, added: found.length }],
    warnings: nameWarnings(query, vocabulary),
    relaxations: result.total.value === 0 ? await relaxationsOf(catalogue, nodes) : [],
    total: result.total,
    stopped: result.nextCursor === undefined ? 'end' : 'limit',
    error: undefined,
    nextCursor: result.nextCursor,
  };
}

type SeenConditions = ConditionQuery & Partial<Pick<SearchQuery, 'query' | 'checkpointType' | 'mine'>>;

/**
 * All conditions, the text included.
 * @throws KuraError `models.query-…`, `models.only-the-site`, `models.unknown-family`
 */
export function seenNodes(query: SeenConditions, now: number, vocabulary: Vocabulary): readonly NamedNode[] {
  const [onlySite] = siteStagesOf(query);
  if (onlySite !== undefined) {
    throw new KuraError('invalid', 'models.only-the-site', { params: { filter: onlySite } });
  }
  return [withFiles, ...textNodes(query, now), ...conditionNodes(query, now, vocabulary)];
}

/** Versions without a file are in no answer of a search; the catalogue knows a file by its size. */
const withFiles: NamedNode = { name: 'versions', node: { kind: 'range', field: 'size', min: 0, max: null } };
const unrelaxable: ReadonlySet<string> = new Set(['protected', 'versions']);

/** @throws KuraError `models.query-…` that says where and what was expected */
function textNodes({ query = '' }: Pick<SeenConditions, 'query'>, now: number): readonly NamedNode[] {
  if (query.trim() === '') return [];
  const parsed = parseQuery(query, now);
  if ('error' in parsed) throw parsed.error;
  return [{ name: 'query', node: parsed.node }];
}

/** Words are answered by relevance, everything else by likes, as the site would. */
function seenOrder(query: SearchQuery): { readonly order: CatalogueOrder; readonly shown: SearchOrder } {
  const wish = wishOf(query);
  const hasText = (query.query?.trim() ?? '') !== '';
  const shown = { asked: wish?.asked ?? null, by: 'kura', siteSort: undefined, local: undefined } as const;
  if (wish?.order !== undefined) return { order: wish.order, shown: { ...shown, used: wish.asked } };
  if (wish !== undefined && wish.asked !== RELEVANCY) {
    throw new KuraError('invalid', 'models.sort-needs-browsing', { params: { sort: wish.asked } });
  }
  return hasText
    ? { order: { field: 'relevance', direction: 'desc' }, shown: { ...shown, used: RELEVANCY } }
    : { order: { field: 'likes', direction: 'desc' }, shown: { ...shown, used: DEFAULT_SORT } };
}

/** The index decides all conditions at once, so there are two stages: what there is, and what fits (at least so many). */
async function stagesOf(database: Database, { total }: CatalogueResult): Promise<readonly SearchStage[]> {
  const all = await countCatalogueModels(database);
  return [
    { filter: 'catalogue', in: all, out: all, where: 'kura' },
    { filter: 'conditions', in: all, out: total.value, where: 'kura' },
  ];
}

/** What would be there without a condition is counted so far: enough to tell which one to take back. */
const COUNTED = 200;

interface CatalogueQuestion {
  readonly database: Database;
  readonly order: CatalogueOrder;
  readonly now: Instant;
}

async function relaxationsOf(question: CatalogueQuestion, nodes: readonly NamedNode[]): Promise<readonly Relaxation[]> {
  const relaxations: Relaxation[] = [];
  for (const left of nodes) {
    if (unrelaxable.has(left.name)) continue;
    const where = allOf(nodes.filter((node) => node !== left));
    const { total } = await searchCatalogue(question.database, { ...question, where, limit: COUNTED });
    if (total.value > 0) relaxations.push({ filter: left.name, wouldGive: total.value });
  }
  return relaxations.sort((a, b) => b.wouldGive - a.wouldGive);
}
