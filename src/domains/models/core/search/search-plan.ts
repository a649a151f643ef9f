/** What a search is going to do: in which order, with which questions to the site, through which conditions. */
import type { KuraError } from '#kernel/errors';

import type { SearchQuery } from '../../contract/index.ts';
import { conditionNodes, type NamedNode } from './condition-nodes.ts';
import { orderOf, type SearchOrder } from './search-order.ts';
import { type SiteQuestion, siteQuestionsOf } from './site-questions.ts';

export interface SearchPlan {
  readonly query: SearchQuery;
  readonly order: SearchOrder;
  readonly questions: readonly SiteQuestion[];
  readonly nodes: readonly NamedNode[];
  /** Parameters the site refused; what they meant is applied here. */
  readonly dropped: readonly string[];
  /** Milliseconds since the epoch; one moment for the whole search. */
  readonly now: number;
}

/** @throws KuraError `models.sort-needs-browsing`. */
export function planSearch(query: SearchQuery, dropped: readonly string[], now: number): SearchPlan {
  const isMerged = siteQuestionsOf(query, { siteSort: undefined, dropped, readsAll: false }).length > 1;
  const order = orderOf(query, { isSortRefused: dropped.includes('sort'), isMerged });
  const limits = { siteSort: order.siteSort, dropped, readsAll: order.by === 'kura' };
  const nodes = conditionNodes(query, now);
  return { query, order, questions: siteQuestionsOf(query, limits), nodes, dropped, now };
}

/** What can be left out because we apply it ourselves; the least telling first. */
const droppable = ['sort', 'earlyAccess', 'allowCommercialUse', 'period', 'types', 'tag', 'baseModels'] as const;

/**
 * Which parameter to leave out when the site refused a question (400): the one its answer names, else the next one.
 * Undefined when nothing can be left out: the refusal stands.
 */
export function refusedParameter({ questions }: SearchPlan, error: KuraError): string | undefined {
  if (error.code !== 'civitai.request-refused') return undefined;
  const sent = droppable.filter((name) => questions.some(({ query }) => query[name] !== undefined));
  const detail = String(error.params?.['detail'] ?? '');
  if (/\b(?:cursor|limit|username|checkpointType)\b/.test(detail)) return undefined;
  return sent.find((name) => new RegExp(`\\b${name}\\b`).test(detail)) ?? sent[0];
}
