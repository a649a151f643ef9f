import './batches.css';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { listBatches } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { BatchCard } from './batch-card.tsx';
import { isOpen } from './batch-status.ts';
import { useBatchProgress } from './use-batch-progress.ts';

const pageSize = 20;
const pollMs = 5000;

/** Download jobs, last made first. */
export function BatchList() {
  const { t } = useTexts();
  const progress = useBatchProgress();
  const may = useMay('models:download');
  const batches = useInfiniteQuery({
    queryKey: routeKey(listBatches),
    queryFn: ({ pageParam, signal }) =>
      api.call(listBatches, { query: { limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    // The socket tells what moves; this notices what it missed while it was away.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => isOpen(status))) === true && pollMs,
  });
  const items = batches.data?.pages.flatMap((page) => page.items);
  return (
    <section className="k-batches" aria-labelledby="batches">
      <div className="k-batch-head">
        <h2 id="batches">{t('models.batches.list')}</h2>
        {may && (
          <Button
            component={Link}
            to="/models/downloads/new"
            size="compact-sm"
            leftSection={<Icon name="plus" size={15} />}
          >
            {t('models.batches.new')}
          </Button>
        )}
      </div>
      {batches.isError && <ProblemNotice error={batches.error} onRetry={() => void batches.refetch()} />}
      {items === undefined && !batches.isError && <Waiting />}
      {items?.length === 0 && <p className="k-batch-reason">{t('models.batches.none')}</p>}
      <ul className="k-plain-list k-batches" aria-label={t('models.batches.list')}>
        {items?.map((batch) => (
          <BatchCard key={batch.id} batch={batch} live={progress.get(batch.id)} />
        ))}
      </ul>
      {batches.hasNextPage && (
        <Button variant="default" loading={batches.isFetchingNextPage} onClick={() => void batches.fetchNextPage()}>
          {t('models.more')}
        </Button>
      )}
    </section>
  );
}
