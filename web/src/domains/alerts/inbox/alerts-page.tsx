import '../alerts.css';

import { useState } from 'react';

import { type AlertView, listAlerts } from '#platform/alerts/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { AlertActions } from '../alert-actions.tsx';
import { ResponseFigures } from '../response-figures.tsx';
import type { AlertFilter } from './alert-filter.ts';
import { AlertFilters } from './alert-filters.tsx';
import { AlertItem } from './alert-item.tsx';

const refreshMs = 30_000;
const pageSize = 200;

/** What is wrong now, the most severe first. */
export function AlertsPage() {
  const { t } = useTexts();
  const [filter, setFilter] = useState<AlertFilter>({ state: 'active' });
  const call = { query: { ...filter, limit: pageSize } };
  const query = useRouteQuery(listAlerts, call, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader title={t('alerts.title')} lead={t('alerts.lead')} />
      <div className="k-alerts">
        <AlertFilters filter={filter} onChange={setFilter} />
        <QueryView query={query}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyNote title={t(filter.state === 'active' ? 'alerts.none' : 'alerts.none-fits')} />
            ) : (
              <Inbox items={items} isCut={nextCursor !== undefined} />
            )
          }
        </QueryView>
        <ResponseFigures />
      </div>
    </>
  );
}

interface InboxProps {
  readonly items: readonly AlertView[];
  readonly isCut: boolean;
}

function Inbox({ items, isCut }: InboxProps) {
  const { t } = useTexts();
  const mayAct = useMay('system:operate');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = items.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  function choose(id: string, isChosen: boolean): void {
    setChosen(new Set(isChosen ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  }
  return (
    <section className="k-card k-alerts-card" aria-label={t('alerts.list')}>
      {mayAct && shown.length > 0 && (
        <>
          <p role="status">{t('alerts.chosen', { count: shown.length })}</p>
          <AlertActions ids={shown} onDone={() => setChosen(new Set())} />
        </>
      )}
      <ul className="k-plain-list k-alerts-list">
        {items.map((alert) => (
          <AlertItem
            key={alert.id}
            alert={alert}
            {...(mayAct ? { isChosen: chosen.has(alert.id), onChoose: choose } : {})}
          />
        ))}
      </ul>
      {isCut && <p className="k-alerts-dim">{t('alerts.cut', { count: items.length })}</p>}
    </section>
  );
}
