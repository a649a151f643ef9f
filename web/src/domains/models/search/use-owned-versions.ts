import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { listLibrary } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';

const pageSize = 500;

/** Version ids of everything that stands in the library, read page by page until the end. */
export function useOwnedVersions(): ReadonlySet<number> {
  const library = useInfiniteQuery({
    queryKey: [...routeKey(listLibrary), 'whole'],
    queryFn: ({ pageParam, signal }) =>
      api.call(listLibrary, { query: { limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 30_000,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = library;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return useMemo(
    () =>
      new Set(
        library.data?.pages
          .flatMap((page) => page.items)
          .filter((file) => file.state === 'present')
          .flatMap((file) => (file.versionId === null ? [] : [file.versionId])),
      ),
    [library.data],
  );
}
