/**
 * In which order a search answers, and who makes it. The site sorts by few things and beside a text by none (trap 29);
 * everything else is sorted here before anything is cut off, so that the answer honours what was asked (M-010…M-012).
 */
import { type Model, modelSorts } from '#engines/civitai';
import { KuraError } from '#kernel/errors';

import type { SearchQuery, SortField } from '../../contract/index.ts';
import { foldText } from '../query-language/fold-text.ts';
import { type Candidate, publishedMs } from './candidate.ts';
import { rateVersion } from './content-rating.ts';
import { defaultQuality, type QualityFacts, type QualityOptions, scoreQuality } from './quality-score.ts';

export interface FieldOrder {
  readonly field: SortField;
  readonly direction: 'asc' | 'desc';
}

export interface SearchOrder {
  /** Null = nothing was asked. */
  readonly asked: string | null;
  readonly used: string;
  readonly by: 'site' | 'kura';
  /** What to ask the site for; undefined = its own default. */
  readonly siteSort: string | undefined;
  /** Only with `by: kura`. */
  readonly local: FieldOrder | undefined;
}

type Sort = NonNullable<SearchQuery['sort']>;

/** The same order by numbers we have; those of collections and images the site keeps to itself. */
const fieldOfSort: Readonly<Record<Sort, FieldOrder | undefined>> = {
  'Highest Rated': { field: 'likes', direction: 'desc' },
  'Most Liked': { field: 'likes', direction: 'desc' },
  'Most Downloaded': { field: 'downloads', direction: 'desc' },
  'Most Discussed': { field: 'comments', direction: 'desc' },
  'Most Collected': undefined,
  'Most Images': undefined,
  Newest: { field: 'published', direction: 'desc' },
  Oldest: { field: 'published', direction: 'asc' },
  'Most Buzz': { field: 'buzz', direction: 'desc' },
  Relevancy: undefined,
  Quality: { field: 'quality', direction: 'desc' },
};

/** Its own order while browsing, and beside a text. */
export const DEFAULT_SORT = 'Highest Rated';
export const RELEVANCY = 'Relevancy';

/** What makes an order by the site impossible. */
export interface OrderLimits {
  /** The site refused its `sort` parameter. */
  readonly isSortRefused: boolean;
  /** Answers to several questions are merged. */
  readonly isMerged: boolean;
}

/** @throws KuraError `models.sort-needs-browsing` for orders whose numbers only the site has, where it does not sort. */
export function orderOf(query: SearchQuery, limits: OrderLimits): SearchOrder {
  const hasText = (query.query?.trim() ?? '') !== '';
  const wish = wishOf(query);
  if (wish === undefined || (hasText && wish.asked === RELEVANCY)) return withoutWish(wish, hasText, limits);
  const siteSort = siteSortOf(query);
  const canSite = siteSort !== undefined && !hasText && !limits.isMerged && !limits.isSortRefused;
  if (canSite) return { asked: wish.asked, used: siteSort, by: 'site', siteSort, local: undefined };
  const { order, asked } = wish;
  if (order === undefined) throw new KuraError('invalid', 'models.sort-needs-browsing', { params: { sort: asked } });
  const hint = hasText || limits.isSortRefused ? undefined : siteSort;
  return { asked, used: asked, by: 'kura', siteSort: hint, local: order };
}

export interface OrderWish {
  readonly asked: string;
  /** Undefined = by numbers only the site has. */
  readonly order: FieldOrder | undefined;
}

/** What was asked for; undefined = nothing. */
export function wishOf({
  sort,
  sortBy,
  direction,
}: Pick<SearchQuery, 'sort' | 'sortBy' | 'direction'>): OrderWish | undefined {
  if (sortBy !== undefined) {
    const order = { field: sortBy, direction: direction ?? (sortBy === 'name' ? 'asc' : 'desc') } as const;
    return { asked: `${order.field} ${order.direction}`, order };
  }
  if (sort === undefined) return undefined;
  const order = fieldOfSort[sort];
  return { asked: sort, order: order === undefined || direction === undefined ? order : { ...order, direction } };
}

/** The site's sort that means exactly this. */
function siteSortOf(query: SearchQuery): string | undefined {
  if (query.sort !== undefined && query.sortBy === undefined && query.direction === undefined) {
    return modelSorts.find((name) => name === query.sort);
  }
  const wanted = wishOf(query)?.order;
  return modelSorts.find((name) => {
    const order = name === DEFAULT_SORT ? undefined : fieldOfSort[name];
    return order !== undefined && order.field === wanted?.field && order.direction === wanted.direction;
  });
}

function withoutWish(wish: OrderWish | undefined, hasText: boolean, { isMerged }: OrderLimits): SearchOrder {
  const asked = wish?.asked ?? null;
  const used = hasText ? RELEVANCY : DEFAULT_SORT;
  // Merged answers have no order of the site; without a total order their pages could not be told apart.
  if (isMerged) return { asked, used: DEFAULT_SORT, by: 'kura', siteSort: undefined, local: fieldOfSort[DEFAULT_SORT] };
  return { asked, used, by: 'site', siteSort: undefined, local: undefined };
}

/** A place in a local order; null = the value is not known, which comes last either way. */
export interface OrderKey {
  readonly value: number | string | null;
  readonly id: number;
}

export function keyOf({ field }: FieldOrder, candidate: Candidate, quality: QualityOptions = defaultQuality): OrderKey {
  return { value: measures[field](candidate, quality), id: candidate.model.modelId };
}

/**
 * Total, so that pages neither overlap nor leave gaps: equal values are in the order of their model ids, the same way.
 * The catalogue orders by the same rule (store/catalogue-search).
 */
export function compareKeys({ direction }: FieldOrder, a: OrderKey, b: OrderKey): number {
  if (a.value !== b.value) {
    if (a.value === null) return 1;
    if (b.value === null) return -1;
  }
  const ascending = compareValues(a.value, b.value) || a.id - b.id;
  return direction === 'asc' ? ascending : -ascending;
}

/** Texts by code points, as databases compare them. */
function compareValues(a: OrderKey['value'], b: OrderKey['value']): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

type Measure = (candidate: Candidate, quality: QualityOptions) => number | string | null;

const measures: Readonly<Record<SortField, Measure>> = {
  downloads: ({ model }) => model.stats?.downloads ?? null,
  likes: ({ model }) => model.stats?.thumbsUp ?? null,
  comments: ({ model }) => model.stats?.comments ?? null,
  buzz: ({ model }) => model.stats?.tips ?? null,
  published: ({ versions }) => latest(versions.map(publishedMs)),
  updated: ({ model }) =>
    latest(
      model.versions.flatMap((version) => [
        publishedMs(version),
        version.updatedAt === null ? null : Date.parse(version.updatedAt),
      ]),
    ),
  name: ({ model }) => foldText(model.name),
  size: ({ versions }) => versions[0]?.files[0]?.sizeBytes ?? null,
  quality: ({ model }, quality) => scoreQuality(qualityFactsOf(model), quality).score,
};

/** What the quality of a model is judged by, all of its versions that are known together. */
export function qualityFactsOf(model: Model): QualityFacts {
  const moments = model.versions.map(publishedMs).filter((moment) => moment !== null);
  return {
    likes: model.stats?.thumbsUp ?? null,
    downloads: model.stats?.downloads ?? null,
    comments: model.stats?.comments ?? null,
    isSafe: model.versions.some((version) => rateVersion(model, version) === 'safe'),
    tags: model.tags,
    publishedMs: moments.length === 0 ? null : Math.min(...moments),
  };
}

function latest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.max(...known);
}
