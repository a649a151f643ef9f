import './alerts.css';

import { Link } from '@tanstack/react-router';

import { summariseAlerts } from '#platform/alerts/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useMay } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { useFreshAlerts } from './use-fresh-alerts.ts';

const refreshMs = 60_000;

/** How many alerts wait for somebody, on every page. */
export function Bell() {
  return useMay('system:read') ? <OpenAlerts /> : null;
}

function OpenAlerts() {
  const { t } = useTexts();
  useFreshAlerts();
  const { data } = useRouteQuery(summariseAlerts, {}, { refetchInterval: () => refreshMs });
  if (data === undefined) return null;
  const { critical, error, warning, info } = data.open;
  const count = critical + error + warning + info;
  return (
    <Link to="/operations/alerts" className="k-bell" {...(count === 0 ? {} : { 'data-open': '' })}>
      <Icon name="bell" />
      <span>
        <span className="k-number">{count}</span>
        <span className="k-bell-word"> {t('alerts.bell', { count })}</span>
      </span>
    </Link>
  );
}
