import './watches-page.css';

import { listSavedSearches, listWatches } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { SavedSearchItem } from './saved-search-item.tsx';
import { useFreshFindings } from './use-fresh-findings.ts';
import { WatchItem } from './watch-item.tsx';

export function WatchesPage() {
  const { t } = useTexts();
  useFreshFindings();
  const watches = useRouteQuery(listWatches);
  const searches = useRouteQuery(listSavedSearches);
  return (
    <>
      <PageHeader title={t('models.watches.title')} lead={t('models.watches.lead')} />
      <section className="k-watches" aria-labelledby="watches">
        <h2 id="watches">{t('models.watches.list')}</h2>
        <QueryView query={watches}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('models.watches.none')}>{t('models.watches.none.advice')}</EmptyNote>
            ) : (
              <ul className="k-plain-list">
                {items.map((watch) => (
                  <WatchItem key={watch.name} watch={watch} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
      <section className="k-watches" aria-labelledby="saved-searches">
        <h2 id="saved-searches">{t('models.saved.list')}</h2>
        <QueryView query={searches}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('models.saved.none')}>{t('models.saved.none.advice')}</EmptyNote>
            ) : (
              <ul className="k-plain-list">
                {items.map((search) => (
                  <SavedSearchItem key={search.name} search={search} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
    </>
  );
}
