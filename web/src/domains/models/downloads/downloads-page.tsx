import './downloads-page.css';

import { Anchor, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { listDownloads } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { useLiveConnected } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { BatchList } from '../batches/batch-list.tsx';
import { DownloadItem } from './download-item.tsx';
import { isUnderWay } from './download-status.ts';
import { useDownloadProgress } from './use-download-progress.ts';

const pageSize = 50;
const pollMs = 2000;

export function DownloadsPage() {
  const { t } = useTexts();
  const connected = useLiveConnected();
  return (
    <>
      <PageHeader
        title={t('models.downloads.title')}
        lead={t('models.downloads.lead')}
        actions={
          <StateBadge
            tone={connected ? 'ok' : 'calm'}
            icon={connected ? 'pulse' : 'pause'}
            label={t(connected ? 'models.live' : 'models.live.off')}
          />
        }
      />
      <BatchList />
      <section aria-labelledby="single-files">
        <h2 id="single-files" className="k-downloads-title">
          {t('models.batches.files')}
        </h2>
        <DownloadList />
      </section>
    </>
  );
}

function DownloadList() {
  const { t } = useTexts();
  const progress = useDownloadProgress();
  const downloads = useInfiniteQuery({
    queryKey: routeKey(listDownloads),
    queryFn: ({ pageParam, signal }) =>
      api.call(listDownloads, { query: { limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    // The socket tells what moves; this notices what it missed while it was away.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(({ status }) => isUnderWay(status))) === true && pollMs,
  });
  const failed = downloads.isError && (
    <ProblemNotice error={downloads.error} onRetry={() => void downloads.refetch()} />
  );
  if (downloads.data === undefined) return failed || <Waiting />;
  const items = downloads.data.pages.flatMap((page) => page.items);
  return (
    <div className="k-downloads">
      {failed}
      {items.length === 0 && (
        <EmptyNote title={t('models.downloads.none')}>
          <Anchor component={Link} to="/models/search">
            {t('models.downloads.none.advice')}
          </Anchor>
        </EmptyNote>
      )}
      <ul className="k-plain-list k-downloads" aria-label={t('models.downloads.title')}>
        {items.map((item) => (
          <DownloadItem key={item.id} item={item} live={progress.get(item.id)} />
        ))}
      </ul>
      {downloads.hasNextPage && (
        <Button variant="default" loading={downloads.isFetchingNextPage} onClick={() => void downloads.fetchNextPage()}>
          {t('models.more')}
        </Button>
      )}
    </div>
  );
}
