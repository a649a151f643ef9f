import './library-page.css';

import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type LibraryState, libraryStates, libraryStats, listLibrary, verifyLibrary } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey, useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { anyContent, type ContentFilter, ContentFilters } from './content-filters.tsx';
import { LibrarySummary } from './library-summary.tsx';
import { LibraryTable } from './library-table.tsx';
import { useWatchedJob } from './use-watched-job.ts';

const pageSize = 50;
const typingPauseMs = 200;

export function LibraryPage() {
  const { t } = useTexts();
  const [query, setQuery] = useState('');
  const [state, setState] = useState<LibraryState>();
  const [content, setContent] = useState(anyContent);
  const [settled] = useDebouncedValue(query.trim(), typingPauseMs);
  return (
    <>
      <PageHeader title={t('models.library.title')} lead={t('models.library.lead')} actions={<LibraryWork />} />
      <LibrarySummary />
      <search className="k-library-filters">
        <TextInput
          type="search"
          label={t('models.library.query')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          leftSection={<Icon name="search" />}
          maxLength={200}
        />
        <NativeSelect
          label={t('models.library.state')}
          value={state ?? ''}
          onChange={(event) => setState(libraryStates.find((one) => one === event.currentTarget.value))}
          data={[
            { value: '', label: t('models.library.state.any') },
            ...libraryStates.map((value) => ({ value, label: t(`models.state.${value}`) })),
          ]}
        />
        <ContentFilters value={content} onChange={setContent} />
      </search>
      <LibraryList query={settled} state={state} content={content} />
    </>
  );
}

function LibraryWork() {
  const { t } = useTexts();
  return (
    <>
      <Anchor component={Link} to="/models/library/order">
        {t('models.order.open')}
      </Anchor>
      <VerifyAll />
    </>
  );
}

function VerifyAll() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const watched = useWatchedJob([listLibrary, libraryStats]);
  const verify = useRouteMutation(verifyLibrary, {
    onSuccess: () => {
      notifications.show({ message: t('models.verify.started') });
      watched.start();
    },
  });
  if (!may) return null;
  return (
    <>
      {verify.isError && <ProblemNotice error={verify.error} />}
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({ body: {} })}>
        {t('models.verify.all')}
      </Button>
    </>
  );
}

interface LibraryListProps {
  readonly query: string;
  readonly state: LibraryState | undefined;
  readonly content: ContentFilter;
}

function LibraryList({ query, state, content }: LibraryListProps) {
  const { t } = useTexts();
  const filters = {
    query: query || undefined,
    state: state && [state],
    kind: chosen(content.kind),
    contentBase: chosen(content.base),
  };
  const library = useInfiniteQuery({
    queryKey: routeKey(listLibrary, filters),
    queryFn: ({ pageParam, signal }) =>
      api.call(listLibrary, { query: { ...filters, limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const failed = library.isError && <ProblemNotice error={library.error} onRetry={() => void library.refetch()} />;
  if (library.data === undefined) return failed || <Waiting />;
  const files = library.data.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some((filter) => filter !== undefined);
  return (
    <>
      {failed}
      {files.length > 0 && <LibraryTable files={files} />}
      {files.length === 0 && (
        <EmptyNote title={t(filtered ? 'models.library.no-match' : 'models.library.none')}>
          {!filtered && (
            <Anchor component={Link} to="/models/search">
              {t('models.downloads.none.advice')}
            </Anchor>
          )}
        </EmptyNote>
      )}
      {library.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={library.isFetchingNextPage}
          onClick={() => void library.fetchNextPage()}
        >
          {t('models.more')}
        </Button>
      )}
    </>
  );
}

function chosen(value: string): string[] | undefined {
  return value === '' ? undefined : [value];
}
