/** What of a search the site can be asked; our own conditions look at everything again. */
import type { ModelQuery } from '#engines/civitai';

import type { LicencePermission, SearchQuery } from '../../contract/index.ts';
import { expandBase, type Vocabulary } from '../vocabulary/vocabulary.ts';
import type { FieldOrder } from './search-order.ts';

export interface SiteQuestion {
  /** `direct`, or by what the site is asked: `tag`, `base`, `creator`. */
  readonly name: string;
  readonly query: ModelQuery;
}

export interface AskingLimits {
  /** From the order; undefined = the site's own. */
  readonly siteSort: string | undefined;
  /** Parameters the site refused before. */
  readonly dropped: readonly string[];
  /** The whole result is needed, so pages are as large as they can be. */
  readonly readsAll: boolean;
  /** The order Kura makes, where the site may be told of it. */
  readonly orderHint?: FieldOrder | undefined;
  readonly vocabulary: Vocabulary;
}

/** The largest page there is: what our filters drop is made up for by reading on. */
const PAGE_SIZE = 100;

/** Which parameters narrow each of the questions of a dual search; what narrows another one is left out there. */
const narrowing = { tag: 'tag', base: 'baseModels', creator: 'username' } as const;

/**
 * One question, or with `strategy: dual` one for each of tag, base model and creator that was asked for: the site's tag
 * index has gaps, so the answers are united and filtered again here (M-024).
 */
export function siteQuestionsOf(query: SearchQuery, limits: AskingLimits): readonly SiteQuestion[] {
  const whole = withoutDropped(siteQueryOf(query, limits), limits.dropped);
  if (query.strategy !== 'dual') return [{ name: 'direct', query: whole }];
  const names = Object.keys(narrowing).filter((name) => isNarrowing(name) && narrowing[name] in whole);
  if (names.length < 2) return [{ name: 'direct', query: whole }];
  return names.map((name) => ({
    name,
    query: withoutDropped(
      whole,
      Object.entries(narrowing).flatMap(([other, parameter]) => (other === name ? [] : [parameter])),
    ),
  }));
}

function isNarrowing(name: string): name is keyof typeof narrowing {
  return name in narrowing;
}

function withoutDropped(query: ModelQuery, dropped: readonly string[]): ModelQuery {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !dropped.includes(name)));
}

function siteQueryOf(query: SearchQuery, { siteSort, readsAll, vocabulary, orderHint }: AskingLimits): ModelQuery {
  const hint = orderHint === undefined || (query.query?.trim() ?? '') !== '' ? undefined : orderParameter(orderHint);
  const text = query.query?.trim() ?? '';
  const tag = askedTag(query)?.tag;
  const right = askedRight(query.license ?? []);
  const types = (query.type ?? []).map((name) => vocabulary.resolve('type', name).value);
  const bases = needsAllVersions(query) ? [] : (query.base ?? []).flatMap((name) => expandBase(name, vocabulary));
  return {
    ...(text === '' ? {} : { query: text }),
    ...(types.length === 0 ? {} : { types }),
    ...(bases.length === 0 ? {} : { baseModels: bases }),
    ...(tag === undefined ? {} : { tag }),
    ...(query.creator === undefined ? {} : { username: query.creator }),
    ...(siteSort === undefined ? {} : { sort: siteSort }),
    ...(hint === undefined ? {} : { unnamed: [hint] }),
    ...(query.period === undefined ? {} : { period: query.period }),
    ...(right === undefined ? {} : { allowCommercialUse: [right] }),
    ...(query.checkpointType === undefined ? {} : { checkpointType: query.checkpointType }),
    ...(query.mine === undefined ? {} : { [query.mine]: true }),
    // Plain lists leave gated versions out (civitai-api.md §2.1).
    ...(query.access === 'early' ? { earlyAccess: true } : {}),
    nsfw: query.nsfw === 'all',
    limit: readsAll ? PAGE_SIZE : pageSize(query),
  };
}

/** Fields of the site's index by which others have sorted (M-011); a site that knows no such parameter ignores it. */
const indexFields: Partial<Readonly<Record<FieldOrder['field'], string>>> = {
  downloads: 'downloadCount',
  likes: 'thumbsUpCount',
  comments: 'commentCount',
  buzz: 'tippedAmountCount',
  published: 'publishedAt',
  updated: 'updatedAt',
};

function orderParameter({ field, direction }: FieldOrder) {
  const indexField = indexFields[field];
  return indexField === undefined ? undefined : { name: 'sortBy', value: `models_v9:${indexField}:${direction}` };
}

/** Asked for base models, the site leaves other versions out; when a model was updated only all of them tell. */
function needsAllVersions({ updatedAfter, updatedBefore, sortBy }: SearchQuery): boolean {
  return updatedAfter !== undefined || updatedBefore !== undefined || sortBy === 'updated';
}

/** The site takes one tag; where any of several may match, none of them can be sent. */
function askedTag({ tag = [], anyTag = [], category = [] }: SearchQuery) {
  const [all] = tag;
  if (all !== undefined) return { stage: 'tag', tag: all };
  const [any, ...otherTags] = anyTag;
  if (any !== undefined && otherTags.length === 0) return { stage: 'anyTag', tag: any };
  const [one, ...otherCategories] = category;
  return one === undefined || otherCategories.length > 0 ? undefined : { stage: 'category', tag: one };
}

/** The API's words for the commercial permissions. */
const commercialRights: Partial<Readonly<Record<LicencePermission, string>>> = {
  image: 'Image',
  'rent-civit': 'RentCivit',
  rent: 'Rent',
  sell: 'Sell',
};

/** The site means "any of these", we mean all: any one of them narrows without losing anything. */
function askedRight(permissions: readonly LicencePermission[]): string | undefined {
  return permissions.map((permission) => commercialRights[permission]).find((right) => right !== undefined);
}

const sentConditions: ReadonlySet<string> = new Set(
  'query type base creator sort sortBy direction period checkpointType mine source strategy limit cursor nsfw access refresh'.split(
    ' ',
  ),
);

/** A page of 100 is several MB; a short list without local conditions needs no more than itself and some to drop. */
function pageSize({ tag = [], ...query }: SearchQuery): number {
  const dropsMuch =
    tag.length > 1 || Object.entries(query).some(([name, value]) => value !== undefined && !sentConditions.has(name));
  return dropsMuch ? PAGE_SIZE : Math.min(PAGE_SIZE, Math.max(20, query.limit * 2));
}

/** Stages that the site applies, too: those whose condition was sent. */
export function sharedStagesOf(query: SearchQuery, limits: AskingLimits): ReadonlySet<string> {
  const sent = withoutDropped(siteQueryOf(query, limits), limits.dropped);
  const stages = {
    type: sent.types,
    base: sent.baseModels,
    creator: sent.username,
    license: sent.allowCommercialUse,
    period: sent.period,
    access: sent.earlyAccess,
    nsfw: sent.nsfw === true ? undefined : sent.nsfw,
  };
  const shared = Object.entries(stages).flatMap(([stage, value]) => (value === undefined ? [] : [stage]));
  const tagStage = askedTag(query)?.stage;
  return new Set([...shared, ...(sent.tag === undefined || tagStage === undefined ? [] : [tagStage])]);
}

/** Conditions nobody but the site can judge. */
export function siteStagesOf({
  checkpointType,
  mine,
}: Pick<SearchQuery, 'checkpointType' | 'mine'>): readonly string[] {
  return [...(checkpointType === undefined ? [] : ['checkpointType']), ...(mine === undefined ? [] : ['mine'])];
}
