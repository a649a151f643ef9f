import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type EntryFilter, listEntries } from '#platform/audit/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { EntryFilters } from './entry-filters.tsx';
import { EntryItem } from './entry-item.tsx';
import { ExportEntries } from './export-entries.tsx';

const pageSize = 50;

/** The log itself, newest first. */
export function Entries() {
  const { t } = useTexts();
  const [filter, setFilter] = useState<EntryFilter>({});
  const query = useEntries(filter);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="k-card k-audit-card" aria-labelledby="audit-entries">
      <h2 id="audit-entries">{t('audit.entries')}</h2>
      <EntryFilters onChange={setFilter} />
      <ExportEntries filter={filter} />
      {query.isError && <ProblemNotice error={query.error} />}
      {query.isPending && <Waiting />}
      {query.isSuccess && items.length === 0 && <EmptyNote title={t('audit.none')} />}
      <ul className="k-plain-list k-audit-list">
        {items.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Group>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('audit.older')}
          </Button>
        </Group>
      )}
    </section>
  );
}

function useEntries(filter: EntryFilter) {
  return useInfiniteQuery({
    queryKey: [...routeKey(listEntries), filter],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam };
      return api.call(listEntries, { query: { ...filter, limit: pageSize, ...cursor } }, signal);
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}
