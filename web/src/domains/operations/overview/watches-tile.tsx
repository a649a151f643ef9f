import { listWatches } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';

const refreshMs = 60_000;

/** What the watches have found and nobody has looked at. */
export function WatchesTile() {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(listWatches, {}, { refetchInterval: () => refreshMs });
  return (
    <QueryView query={query}>
      {({ items }) => {
        const fresh = items.filter(({ unseen }) => unseen > 0);
        return (
          <>
            {fresh.length === 0 && (
              <p>{t(items.length === 0 ? 'overview.watches.none' : 'overview.watches.nothing')}</p>
            )}
            <ul className="k-plain-list k-tile-list">
              {fresh.map(({ name, unseen }) => (
                <li key={name}>
                  <span>{name}</span>
                  <span className="k-tag">{t('models.watch.unseen', { versions: format.number(unseen) })}</span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </QueryView>
  );
}
