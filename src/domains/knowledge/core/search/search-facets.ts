/** What was found, counted by its facts: the same entries the answer counts, and no others. */
import { type SearchAnswer, severities } from '../../contract/index.ts';
import { type Count, countCare, countFacts, countTags, type Search } from '../../store/search-store.ts';
import { isUnsearchable, type Matches } from './find-matches.ts';
import { narrowed } from './narrow-query.ts';
import type { AskedSearch, SearchDeps } from './search-request.ts';

const mostCounted = 20;

export async function countFacets(
  { database, index }: SearchDeps,
  request: AskedSearch,
  { query, rung, condition, total }: Matches,
): Promise<NonNullable<SearchAnswer['facets']>> {
  if (isUnsearchable(query))
    return { types: [], statuses: [], tags: [], authors: [], owners: [], severities: [], years: [] };
  const anyType = index.print(narrowed(query, { ...request, type: undefined }), rung);
  const search: Search = { reads: database.tables(), index, condition };
  const isEmpty = total === 0 && request.type === undefined;
  const all = isEmpty || anyType === undefined ? [] : await countFacts({ ...search, condition: anyType });
  const care = total === 0 ? [] : await countCare(search);
  const { type } = request;
  const own = type === undefined ? all : all.filter((one) => type.some((wanted) => wanted === one.type));
  return {
    types: byCount(sums(all, 'type')),
    statuses: byCount(sums(own, 'status')),
    tags: total === 0 ? [] : await countTags(search, mostCounted),
    authors: byCount(sums(own, 'author')).slice(0, mostCounted),
    owners: byCount(sums(care, 'owner')).slice(0, mostCounted),
    severities: bySeverity(sums(care, 'severity')),
    years: sums(own, 'year').toSorted((a, b) => (a.value < b.value ? 1 : -1)),
  };
}

/** Entries without the fact are counted nowhere. */
export function sums<Fact extends string>(
  groups: ReadonlyArray<Readonly<Record<Fact, string | null>> & { readonly count: number }>,
  of: Fact,
): readonly Count[] {
  const byValue = Map.groupBy(groups, (one) => one[of]);
  return [...byValue].flatMap(([value, group]) =>
    value === null ? [] : [{ value, count: group.reduce((sum, { count }) => sum + count, 0) }],
  );
}

function bySeverity(counts: readonly Count[]): readonly Count[] {
  return severities.toReversed().flatMap((severity) => counts.filter(({ value }) => value === severity));
}

function byCount(counts: readonly Count[]): readonly Count[] {
  return counts.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
