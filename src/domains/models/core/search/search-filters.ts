/** Every condition of a search as a predicate of our own: what the site was asked is not taken for granted (trap 3). */
import { type Model, type ModelVersion, permitsCommercialUse } from '#engines/civitai';

import type { LicencePermission, SearchQuery } from '../../contract/index.ts';
import { isSafeModel, isSafeVersion } from './content-rating.ts';
import { sameName, spellBaseModel, spellType } from './name-spelling.ts';
import { startOf, startOfPeriod } from './time-window.ts';

/** A model with those of its versions that are still in question, newest first; without any it is out. */
export interface Candidate {
  readonly model: Model;
  readonly versions: readonly ModelVersion[];
}

export interface Filter {
  /** As it is called in `stages`. */
  readonly name: string;
  readonly keeps: (model: Model, version: ModelVersion) => boolean;
}

/** The filters of a query in the order in which they are applied; conditions that were not set have none. */
export function filtersOf(query: SearchQuery, now: number): readonly Filter[] {
  return [
    ...namesFilter('type', query.type?.map(spellType), (model) => model.type),
    ...namesFilter('base', query.base?.map(spellBaseModel), (_model, version) => version.baseModel),
    ...tagFilters(query),
    ...creatorFilter(query.creator),
    ...licenceFilter(query.license),
    ...windowFilter('period', startOfPeriod(query.period ?? 'AllTime', now)),
    ...windowFilter('since', query.since === undefined ? undefined : startOf(query.since, now)),
    ...(query.nsfw === 'all'
      ? []
      : [
          {
            name: 'nsfw',
            keeps: (model: Model, version: ModelVersion) => isSafeModel(model) && isSafeVersion(version),
          },
        ]),
  ];
}

export function applyFilter(filter: Filter, { model, versions }: Candidate): Candidate | undefined {
  const kept = versions.filter((version) => filter.keeps(model, version));
  return kept.length === 0 ? undefined : { model, versions: kept };
}

function namesFilter(
  name: string,
  wanted: readonly string[] | undefined,
  read: (model: Model, version: ModelVersion) => string | null,
): readonly Filter[] {
  if (wanted === undefined || wanted.length === 0) return [];
  return [
    {
      name,
      keeps: (model, version) => {
        const value = read(model, version);
        return value !== null && wanted.some((one) => sameName(one, value));
      },
    },
  ];
}

function tagFilters({ tag = [], category = [] }: SearchQuery): readonly Filter[] {
  const all: Filter = { name: 'tag', keeps: (model) => tag.every((one) => hasTag(model, one)) };
  const any: Filter = { name: 'category', keeps: (model) => category.some((one) => hasTag(model, one)) };
  return [...(tag.length === 0 ? [] : [all]), ...(category.length === 0 ? [] : [any])];
}

function hasTag(model: Model, wanted: string): boolean {
  const folded = fold(wanted);
  return model.tags.some((tag) => fold(tag) === folded);
}

function licenceFilter(permissions: readonly LicencePermission[] = []): readonly Filter[] {
  if (permissions.length === 0) return [];
  return [{ name: 'license', keeps: (model) => permissions.every((one) => isPermitted(model, one)) }];
}

/** Not said is not permitted. */
function isPermitted({ licence }: Model, permission: LicencePermission): boolean {
  switch (permission) {
    case 'no-credit':
      return licence.allowNoCredit === true;
    case 'derivatives':
      return licence.allowDerivatives === true;
    case 'different-license':
      return licence.allowDifferentLicense === true;
    default:
      return permitsCommercialUse(licence, commercialRights[permission]) === true;
  }
}

/** The API's words for the commercial permissions. */
export const commercialRights = { image: 'Image', 'rent-civit': 'RentCivit', rent: 'Rent', sell: 'Sell' } as const;

function windowFilter(name: string, start: number | undefined): readonly Filter[] {
  if (start === undefined) return [];
  return [{ name, keeps: (_model, version) => publishedMs(version) >= start }];
}

/** When the version came out; the beginning of time when nobody says. */
export function publishedMs(version: ModelVersion): number {
  return Date.parse(version.publishedAt ?? version.createdAt ?? '1970-01-01');
}

function creatorFilter(wanted: string | undefined): readonly Filter[] {
  if (wanted === undefined) return [];
  const name = fold(wanted);
  return [{ name: 'creator', keeps: (model) => fold(model.creator?.username ?? '') === name }];
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
