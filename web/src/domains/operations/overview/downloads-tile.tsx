import { listDownloads } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { statusTones } from '../../models/downloads/download-status.ts';

const refreshMs = 5000;

export function DownloadsTile() {
  const { t } = useTexts();
  const query = useRouteQuery(
    listDownloads,
    { query: { status: ['planned', 'downloading', 'verifying', 'scanning'], limit: 5 } },
    { refetchInterval: () => refreshMs },
  );
  return (
    <QueryView query={query}>
      {({ items }) => (
        <>
          {items.length === 0 && <p>{t('overview.downloads.none')}</p>}
          <ul className="k-plain-list k-tile-list">
            {items.map((item) => (
              <li key={item.id}>
                <span>{item.modelName}</span>
                <StateBadge tone={statusTones[item.status]} label={t(`models.status.${item.status}`)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </QueryView>
  );
}
