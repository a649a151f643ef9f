/** Sorts, periods and permissions: how the site is asked for them, and whether Kura can do the same (M-010…M-013, M-171). */
import type { LicencePermission, SearchPeriod, SearchSort, SortField } from '../../contract/index.ts';

export interface SortFacts {
  /** In the site's documentation. */
  readonly official: boolean;
  /** Value of the site's `sort`; null = the site is never asked for it. */
  readonly parameter: string | null;
  /** The same order made here; null = only the site has the numbers. */
  readonly local: { readonly field: SortField | 'relevance'; readonly direction: 'asc' | 'desc' } | null;
}

export const sortFacts: Readonly<Record<SearchSort, SortFacts>> = {
  // The site's rating has been empty since 2025; it orders by likes.
  'Highest Rated': sort(true, 'Highest Rated', 'likes'),
  'Most Downloaded': sort(true, 'Most Downloaded', 'downloads'),
  Newest: sort(true, 'Newest', 'published'),
  Oldest: { official: false, parameter: 'Oldest', local: { field: 'published', direction: 'asc' } },
  'Most Liked': sort(false, 'Most Liked', 'likes'),
  'Most Discussed': sort(false, 'Most Discussed', 'comments'),
  'Most Collected': sort(false, 'Most Collected', null),
  'Most Images': sort(false, 'Most Images', null),
  'Most Buzz': sort(false, null, 'buzz'),
  Relevancy: sort(false, null, 'relevance'),
  Quality: sort(false, null, 'quality'),
};

export interface PermissionFacts {
  /** Value of the site's `allowCommercialUse`; null = the site cannot be asked over HTTP (civitai-api.md §2.1). */
  readonly parameter: string | null;
  /** Field of a model that grants it. */
  readonly field: 'allowCommercialUse' | 'allowNoCredit' | 'allowDerivatives' | 'allowDifferentLicense';
}

export const permissionFacts: Readonly<Record<LicencePermission, PermissionFacts>> = {
  'no-credit': { parameter: null, field: 'allowNoCredit' },
  derivatives: { parameter: null, field: 'allowDerivatives' },
  'different-license': { parameter: null, field: 'allowDifferentLicense' },
  image: { parameter: 'Image', field: 'allowCommercialUse' },
  'rent-civit': { parameter: 'RentCivit', field: 'allowCommercialUse' },
  rent: { parameter: 'Rent', field: 'allowCommercialUse' },
  sell: { parameter: 'Sell', field: 'allowCommercialUse' },
};

/** Days a period of the site looks back; null = without end. It has no effect on Newest, Oldest and Relevancy. */
export const periodDays: Readonly<Record<SearchPeriod, number | null>> = {
  Day: 1,
  Week: 7,
  Month: 31,
  Year: 366,
  AllTime: null,
};

function sort(official: boolean, parameter: string | null, field: SortField | 'relevance' | null): SortFacts {
  return { official, parameter, local: field === null ? null : { field, direction: 'desc' } };
}
