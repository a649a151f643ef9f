/** What a search is going to do: in which order, with which questions to the site, through which conditions. */
import type { KuraError } from '#kernel/errors';

import type { SearchQuery } from '../../contract/index.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { conditionNodes, type NamedNode } from './condition-nodes.ts';
import { orderOf, type SearchOrder } from './search-order.ts';
import type { SearchWarning } from './search-step.ts';
import { type SiteQuestion, sharedStagesOf, siteQuestionsOf } from './site-questions.ts';

export interface SearchPlan {
  readonly query: SearchQuery;
  readonly order: SearchOrder;
  readonly questions: readonly SiteQuestion[];
  readonly nodes: readonly NamedNode[];
  /** Parameters the site refused; what they meant is applied here. */
  readonly dropped: readonly string[];
  /** Stages whose condition the site was asked, too. */
  readonly sharedStages: ReadonlySet<string>;
  readonly warnings: readonly SearchWarning[];
  /** Milliseconds since the epoch; one moment for the whole search. */
  readonly now: number;
}

/** @throws KuraError `models.sort-needs-browsing`, `models.unknown-family`. */
export function planSearch(
  query: SearchQuery,
  dropped: readonly string[],
  { now, vocabulary }: { readonly now: number; readonly vocabulary: Vocabulary },
): SearchPlan {
  const whole = { siteSort: undefined, dropped, readsAll: false, vocabulary };
  const isMerged = siteQuestionsOf(query, whole).length > 1;
  const order = orderOf(query, { isSortRefused: dropped.includes('sort'), isMerged });
  const limits = { ...whole, siteSort: order.siteSort, readsAll: order.by === 'kura' };
  return {
    query,
    order,
    questions: siteQuestionsOf(query, limits),
    nodes: conditionNodes(query, now, vocabulary),
    dropped,
    sharedStages: sharedStagesOf(query, limits),
    warnings: [
      ...nameWarnings(query, vocabulary),
      ...dropped.map((parameter) => ({ code: 'models.parameter-refused', params: { parameter } })),
    ],
    now,
  };
}

/** Words nobody here knows are asked for all the same, because the site adds new ones. */
export function nameWarnings(query: SearchQuery, vocabulary: Vocabulary): readonly SearchWarning[] {
  const { type = [], base = [], format = [] } = query;
  return [
    ...type.map((name) => vocabulary.warningFor('type', name)),
    ...base.map((name) => vocabulary.warningFor('base', name)),
    ...format.map((name) => vocabulary.warningFor('format', name)),
  ].filter((warning) => warning !== undefined);
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
