import '../watches/watches-page.css';

import { listApiChanges, listApiFeatures, readApiWatch } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ApiChangeItem } from './api-change-item.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { FeatureTable } from './feature-table.tsx';

/** What Kura knows of the site it talks to: what changed in its answers, and which of its features work. */
export function CivitaiPage() {
  const { t } = useTexts();
  const watch = useRouteQuery(readApiWatch);
  const changes = useRouteQuery(listApiChanges, { query: {} });
  const features = useRouteQuery(listApiFeatures);
  return (
    <>
      <PageHeader title={t('models.civitai.title')} lead={t('models.civitai.lead')} />
      <section className="k-watches" aria-labelledby="changes">
        <h2 id="changes">{t('models.civitai.changes')}</h2>
        <QueryView query={changes}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('models.civitai.no-changes')} />
            ) : (
              <ul className="k-plain-list">
                {items.map((change) => (
                  <ApiChangeItem key={change.id} change={change} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
      <section className="k-watches" aria-labelledby="learned">
        <h2 id="learned">{t('models.civitai.learned')}</h2>
        <QueryView query={watch}>{({ endpoints }) => <EndpointTable endpoints={endpoints} />}</QueryView>
      </section>
      <section className="k-watches" aria-labelledby="features">
        <h2 id="features">{t('models.civitai.features')}</h2>
        <QueryView query={features}>{(answer) => <FeatureTable features={answer} />}</QueryView>
      </section>
    </>
  );
}
