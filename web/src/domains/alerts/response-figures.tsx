import '../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import { measureAlerts } from '#platform/alerts/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { QueryView } from '../../ui/query-view.tsx';
import { SeverityBadge } from './severity-badge.tsx';

/** How quickly alerts were taken on and over, measured from their history. */
export function ResponseFigures({ days = 30 }: { readonly days?: number }) {
  const { t } = useTexts();
  const format = useFormat();
  const query = useRouteQuery(measureAlerts, { query: { days } });
  function minutes(value: number | null): string {
    return value === null ? '–' : t('alerts.minutes', { minutes: format.number(value) });
  }
  return (
    <section className="k-card k-alerts-card" aria-labelledby="alert-figures">
      <h2 id="alert-figures">{t('alerts.figures', { days })}</h2>
      <QueryView query={query}>
        {({ bySeverity }) => (
          <Table className="k-stacking">
            <thead>
              <tr>
                <th scope="col">{t('alerts.filter.severity')}</th>
                <th scope="col">{t('alerts.figures.raised')}</th>
                <th scope="col">{t('alerts.figures.within')}</th>
                <th scope="col">{t('alerts.figures.acknowledge')}</th>
                <th scope="col">{t('alerts.figures.resolve')}</th>
              </tr>
            </thead>
            <tbody>
              {bySeverity.map((one) => (
                <tr key={one.severity}>
                  <td data-label={t('alerts.filter.severity')}>
                    <SeverityBadge severity={one.severity} />
                  </td>
                  <td data-label={t('alerts.figures.raised')}>{format.number(one.raised)}</td>
                  <td data-label={t('alerts.figures.within')}>
                    {one.raised === 0
                      ? '–'
                      : t('alerts.figures.share', {
                          percent: format.percent(one.withinTarget / one.raised),
                          minutes: format.number(one.targetMinutes),
                        })}
                  </td>
                  <td data-label={t('alerts.figures.acknowledge')}>{minutes(one.medianMinutesToAcknowledge)}</td>
                  <td data-label={t('alerts.figures.resolve')}>{minutes(one.medianMinutesToResolve)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </QueryView>
    </section>
  );
}
