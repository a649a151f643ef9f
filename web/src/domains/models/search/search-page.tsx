import './search-page.css';

import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { DownloadAll } from '../batches/download-all.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { FacetLists } from './facet-lists.tsx';
import { ModelCard } from './model-card.tsx';
import { SaveSearch } from './save-search.tsx';
import { SearchForm } from './search-form.tsx';
import { StageLine } from './stage-line.tsx';
import { sumStages, useModelSearch } from './use-model-search.ts';
import { useOwnedVersions } from './use-owned-versions.ts';

const route = getRouteApi('/inside/models/search');

export function SearchPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('models.search.title')} lead={t('models.search.lead')} />
      <SearchForm />
      <Results />
    </>
  );
}

function Results() {
  const { t } = useTexts();
  const asked = route.useSearch();
  const search = useModelSearch(asked);
  const owned = useOwnedVersions();
  const failed = search.isError && <ProblemNotice error={search.error} onRetry={() => void search.refetch()} />;
  if (search.data === undefined) return failed || <Waiting />;
  const { pages } = search.data;
  const models = pages.flatMap((page) => page.items);
  const last = pages.at(-1);
  return (
    <section aria-label={t('models.search.results')} aria-busy={search.isFetching} className="k-search-results">
      {failed}
      {asked.source === 'catalogue' && <FacetLists search={asked} />}
      <StageLine stages={sumStages(pages.map((page) => page.stages))} found={models.length} />
      {last !== undefined && <AnswerNotes answer={last} />}
      {models.length === 0 && (
        <EmptyNote title={t('models.search.nothing')}>{t('models.search.nothing.advice')}</EmptyNote>
      )}
      <ul className="k-plain-list k-model-grid">
        {models.map((model) => (
          <li key={`${model.modelId}@${model.versionId}`}>
            <ModelCard model={model} owned={owned.has(model.versionId)} />
          </li>
        ))}
      </ul>
      {last?.error !== undefined && <Notice tone="warn" role="status" title={last.error.message} />}
      {search.hasNextPage && (
        <Button variant="default" loading={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>
          {t('models.search.more')}
        </Button>
      )}
      {models.length > 0 && <DownloadAll from={{ from: 'search', search: asked }} />}
      <SaveSearch search={asked} />
      {!search.hasNextPage && models.length > 0 && <p className="k-search-end">{t('models.search.end')}</p>}
    </section>
  );
}
