import { libraryStats } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

export function LibraryTile() {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(libraryStats);
  return (
    <QueryView query={query}>
      {({ files, bytes, byState, quarantined }) => {
        const wrong = byState.filter(({ state }) => state !== 'present').reduce((sum, entry) => sum + entry.files, 0);
        return (
          <Facts
            facts={[
              { term: t('overview.library.files'), value: format.number(files) },
              { term: t('overview.library.bytes'), value: format.bytes(bytes) },
              { term: t('overview.library.damaged'), value: format.number(wrong) },
              { term: t('overview.library.quarantined'), value: format.number(quarantined) },
            ]}
          />
        );
      }}
    </QueryView>
  );
}
