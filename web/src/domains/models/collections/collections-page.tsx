import '../watches/watches-page.css';

import { listCollections, listSweeps } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { CollectionItem } from './collection-item.tsx';
import { NewSweep } from './new-sweep.tsx';
import { SweepItem } from './sweep-item.tsx';
import { useCollectionProgress } from './use-collection-progress.ts';

/** Enough for a page; older ones are on the command line. */
const shown = 50;

export function CollectionsPage() {
  const { t } = useTexts();
  useCollectionProgress();
  const collections = useRouteQuery(listCollections, { query: { limit: shown } });
  const sweeps = useRouteQuery(listSweeps);
  return (
    <>
      <PageHeader title={t('models.collections.title')} lead={t('models.collections.lead')} />
      <section className="k-watches" aria-labelledby="sweeps">
        <h2 id="sweeps">{t('models.sweeps.list')}</h2>
        <NewSweep />
        <QueryView query={sweeps}>
          {({ items }) => (
            <ul className="k-plain-list">
              {items.map((sweep) => (
                <SweepItem key={sweep.id} sweep={sweep} />
              ))}
            </ul>
          )}
        </QueryView>
      </section>
      <section className="k-watches" aria-labelledby="collections">
        <h2 id="collections">{t('models.collections.list')}</h2>
        <QueryView query={collections}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('models.collections.none')}>{t('models.collections.none.advice')}</EmptyNote>
            ) : (
              <ul className="k-plain-list">
                {items.map((collection) => (
                  <CollectionItem key={collection.id} collection={collection} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
    </>
  );
}
