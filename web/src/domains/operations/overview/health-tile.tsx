import { health } from '#platform/operations/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { HealthBadge } from '../health/health-badge.tsx';

export function HealthTile() {
  const query = useRouteQuery(health);
  return (
    <QueryView query={query}>
      {(report) => (
        <>
          <HealthBadge state={report.state} />
          <ul className="k-plain-list k-tile-list">
            {report.probes
              ?.filter((probe) => probe.state !== 'ok')
              .map((probe) => (
                <li key={probe.name}>
                  <span>{probe.name}</span>
                  <span>{probe.detail}</span>
                </li>
              ))}
          </ul>
        </>
      )}
    </QueryView>
  );
}
