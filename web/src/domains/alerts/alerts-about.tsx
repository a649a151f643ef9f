import { Link } from '@tanstack/react-router';

import { listAlerts } from '#platform/alerts/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useMay } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Moment } from '../../ui/moment.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { AlertStateBadge, SeverityBadge } from './severity-badge.tsx';

const mostShown = 10;
const refreshMs = 60_000;

interface AlertsAboutProps {
  /** Id of what they are about: the key of a job. */
  readonly subject: string;
}

/** What waits for somebody about one thing; nothing for people who may not see alerts. */
export function AlertsAbout({ subject }: AlertsAboutProps) {
  return useMay('system:read') ? <ActiveAlerts subject={subject} /> : null;
}

function ActiveAlerts({ subject }: AlertsAboutProps) {
  const { t } = useTexts();
  const query = useRouteQuery(
    listAlerts,
    { query: { subject, limit: mostShown } },
    { refetchInterval: () => refreshMs },
  );
  return (
    <section className="k-card k-alerts-card" aria-labelledby="alerts-about">
      <h2 id="alerts-about">{t('alerts.about')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('alerts.about.none')}</p>
          ) : (
            <ul className="k-plain-list">
              {items.map((alert) => (
                <li key={alert.id} className="k-event">
                  <SeverityBadge severity={alert.severity} /> <AlertStateBadge alert={alert} />
                  <Link to="/operations/alerts/$id" params={{ id: alert.id }}>
                    {alert.title}
                  </Link>
                  <Moment at={alert.lastAt} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
