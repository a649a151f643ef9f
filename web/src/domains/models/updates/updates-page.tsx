import './updates-page.css';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { listUpdates, type ModelUpdates } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { NewerVersionItem } from './newer-version-item.tsx';

/** As many as one request to the site covers. */
const pageSize = 100;

export function UpdatesPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('models.updates.title')} lead={t('models.updates.lead')} />
      <Updates />
    </>
  );
}

function Updates() {
  const { t } = useTexts();
  const updates = useUpdates();
  const failed = updates.isError && <ProblemNotice error={updates.error} onRetry={() => void updates.refetch()} />;
  if (updates.data === undefined) return failed || <Waiting />;
  const models = updates.data.pages.flatMap((page) => page.items);
  const notable = models.filter(({ state }) => state !== 'current');
  return (
    <section aria-label={t('models.updates.title')} aria-busy={updates.isFetching} className="k-updates">
      {failed}
      <p role="status" className="k-updates-count">
        {t('models.updates.count', { models: models.length, notable: notable.length })}
      </p>
      {notable.length === 0 && (
        <EmptyNote title={t(models.length === 0 ? 'models.updates.empty' : 'models.updates.none')} />
      )}
      <ul className="k-plain-list">
        {notable.map((model) => (
          <UpdatedModel key={model.modelId} model={model} />
        ))}
      </ul>
      {updates.hasNextPage && (
        <Button variant="default" loading={updates.isFetchingNextPage} onClick={() => void updates.fetchNextPage()}>
          {t('models.updates.more')}
        </Button>
      )}
    </section>
  );
}

function useUpdates() {
  return useInfiniteQuery({
    queryKey: routeKey(listUpdates),
    queryFn: ({ pageParam, signal }) =>
      api.call(listUpdates, { query: { limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.nextCursor === undefined ? undefined : Number(last.nextCursor)),
    staleTime: 300_000,
  });
}

const tones: Readonly<Record<ModelUpdates['state'], Tone>> = {
  current: 'ok',
  newer: 'info',
  archived: 'warn',
  'taken-down': 'warn',
  removed: 'warn',
  unknown: 'calm',
};

function UpdatedModel({ model }: { readonly model: ModelUpdates }) {
  const { t } = useTexts();
  return (
    <li className="k-card k-updated-model">
      <header>
        <h2>
          <Link to="/models/catalogue/$modelId" params={{ modelId: String(model.modelId) }}>
            {model.name}
          </Link>
        </h2>
        <StateBadge tone={tones[model.state]} label={t(`models.upstream.${model.state}`)} />
      </header>
      {model.reason !== undefined && <p>{model.reason.message}</p>}
      <p className="k-updates-installed">
        {t('models.updates.installed')}{' '}
        {model.installed.map(({ libraryId, file, baseModel }) => (
          <span key={libraryId} className="k-mono">
            {[file, baseModel].filter((one) => one !== null).join(' · ')}
          </span>
        ))}
      </p>
      {model.newer.length > 0 && (
        <ul className="k-plain-list">
          {model.newer.map((version) => (
            <NewerVersionItem key={version.versionId} model={model} version={version} />
          ))}
        </ul>
      )}
    </li>
  );
}
