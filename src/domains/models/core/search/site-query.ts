/** What of a search the site can be asked; our own filters look at everything again. */
import type { ModelQuery } from '#engines/civitai';

import type { LicencePermission, SearchQuery } from '../../contract/index.ts';
import { spellBaseModel, spellType } from './name-spelling.ts';
import { commercialRights } from './search-filters.ts';

/** The largest page there is: what our filters drop is made up for by reading on. */
const PAGE_SIZE = 100;

export function siteQueryOf(query: SearchQuery): ModelQuery {
  const text = query.query?.trim() ?? '';
  const tag = askedTag(query);
  const right = askedRight(query.license ?? []);
  return {
    ...(text === '' ? {} : { query: text }),
    ...(query.type === undefined ? {} : { types: query.type.map(spellType) }),
    ...(query.base === undefined ? {} : { baseModels: query.base.map(spellBaseModel) }),
    ...(tag === undefined ? {} : { tag }),
    ...(query.creator === undefined ? {} : { username: query.creator }),
    // Beside a text the site orders by relevance whatever it is asked; see orderLocally.
    ...(query.sort === undefined || text !== '' ? {} : { sort: query.sort }),
    ...(query.period === undefined ? {} : { period: query.period }),
    ...(right === undefined ? {} : { allowCommercialUse: [right] }),
    nsfw: query.nsfw === 'all',
    limit: pageSize(query),
  };
}

/** The site takes one tag; of several categories any may match, so none of them can be sent. */
function askedTag({ tag = [], category = [] }: SearchQuery): string | undefined {
  return tag[0] ?? (category.length === 1 ? category[0] : undefined);
}

/** The site means "any of these", we mean all: any one of them narrows without losing anything. */
function askedRight(permissions: readonly LicencePermission[]): string | undefined {
  for (const permission of permissions) {
    if (permission in commercialRights) return commercialRights[permission as keyof typeof commercialRights];
  }
  return undefined;
}

/** A page of 100 is several MB; a short list without local conditions needs no more than itself and some to drop. */
function pageSize(query: SearchQuery): number {
  const dropsMuch = [query.category, query.license, query.since, query.tag?.slice(1)].some(
    (one) => one !== undefined && one.length > 0,
  );
  return dropsMuch ? PAGE_SIZE : Math.min(PAGE_SIZE, Math.max(20, query.limit * 2));
}
