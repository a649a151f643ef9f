/** What a search is going to do: in which order, with which questions to the site, through which conditions. */
import type { FeatureLevel } from '#engines/civitai';
import type { KuraError } from '#kernel/errors';

import type { SearchQuery } from '../../contract/index.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { levelOfQuestions } from './allowed-questions.ts';
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
  /** How far what is asked of the site is promised by it. */
  readonly level: FeatureLevel;
  /** Milliseconds since the epoch; one moment for the whole search. */
  readonly now: number;
}

export interface PlanFacts {
  readonly now: number;
  readonly vocabulary: Vocabulary;
  /** An order that Kura makes may be named to the site, so that what comes first comes early. */
  readonly hintsOrder?: boolean;
  /** Of the dropped parameters those that the site was not even asked by. */
  readonly leftOut?: readonly string[];
}

/** @throws KuraError `models.sort-needs-browsing`, `models.unknown-family`. */
export function planSearch(
  query: SearchQuery,
  dropped: readonly string[],
  { now, vocabulary, hintsOrder = false, leftOut = [] }: PlanFacts,
): SearchPlan {
  const whole = { siteSort: undefined, dropped, readsAll: false, vocabulary };
  const isMerged = siteQuestionsOf(query, whole).length > 1;
  const order = orderOf(query, { isSortRefused: dropped.includes('sort'), isMerged });
  const orderHint = hintsOrder && order.by === 'kura' ? order.local : undefined;
  const limits = { ...whole, siteSort: order.siteSort, readsAll: order.by === 'kura', orderHint };
  const questions = siteQuestionsOf(query, limits);
  return {
    query,
    order,
    questions,
    level: levelOfQuestions(questions),
    nodes: conditionNodes(query, now, vocabulary),
    dropped,
    sharedStages: sharedStagesOf(query, limits),
    warnings: [
      ...nameWarnings(query, vocabulary),
      ...dropped.map((parameter) => ({
        code: leftOut.includes(parameter) ? 'models.parameter-switched-off' : 'models.parameter-refused',
        params: { parameter },
      })),
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

/** Of the words that the site itself lists. */
export function hasUnknownWord({ type = [], base = [] }: SearchQuery, vocabulary: Vocabulary): boolean {
  return (
    type.some((name) => !vocabulary.resolve('type', name).known) ||
    base.some((name) => vocabulary.warningFor('base', name) !== undefined && !vocabulary.resolve('base', name).known)
  );
}

/** What can be left out because we apply it ourselves; the least telling first. */
const droppable = [
  'unnamed',
  'sort',
  'earlyAccess',
  'allowCommercialUse',
  'period',
  'types',
  'tag',
  'baseModels',
] as const;

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
