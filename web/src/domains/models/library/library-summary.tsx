import { libraryStats } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

export function LibrarySummary() {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(libraryStats);
  return (
    <section className="k-card k-library-summary" aria-label={t('models.library.summary')}>
      <QueryView query={query}>
        {(stats) => (
          <Facts
            facts={[
              { term: t('models.files'), value: format.number(stats.files) },
              { term: t('models.size'), value: format.bytes(stats.bytes) },
              ...stats.byState.map(({ state, files }) => ({
                term: t(`models.state.${state}`),
                value: format.number(files),
              })),
              { term: t('models.quarantine.title'), value: format.number(stats.quarantined) },
            ]}
          />
        )}
      </QueryView>
    </section>
  );
}
