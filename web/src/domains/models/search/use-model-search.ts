import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

import { type SearchStage, searchModels } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import type { ModelSearch } from './model-search.ts';

const pageSize = 24;

/** Results page by page along the site's cursors. */
export function useModelSearch(search: ModelSearch) {
  return useInfiniteQuery({
    queryKey: routeKey(searchModels, search),
    queryFn: ({ pageParam, signal }) =>
      api.call(searchModels, { query: { ...search, limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** The stages of all pages read so far, added up filter by filter. */
export function sumStages(pages: readonly (readonly SearchStage[])[]): readonly SearchStage[] {
  const sums = new Map<string, SearchStage>();
  for (const stage of pages.flat()) {
    const before = sums.get(stage.filter);
    sums.set(stage.filter, {
      ...stage,
      in: (before?.in ?? 0) + stage.in,
      out: (before?.out ?? 0) + stage.out,
    });
  }
  return [...sums.values()];
}
