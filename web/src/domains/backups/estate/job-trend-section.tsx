import { type JobTrend, readJobTrend } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { VerdictBadge } from '../verdict/verdict-badge.tsx';

const days = 90;
const changesShown = 10;

/** When the verdict of a job changed. */
export function JobTrendSection({ jobKey }: { readonly jobKey: string }) {
  const { t } = useTexts();
  const query = useRouteQuery(readJobTrend, { params: { key: jobKey }, query: { days } });
  return (
    <section className="k-card k-register-card" aria-labelledby="job-trend">
      <h2 id="job-trend">{t('estate.job-trend')}</h2>
      <QueryView query={query}>{(trend) => <Changes trend={trend} />}</QueryView>
    </section>
  );
}

function Changes({ trend }: { readonly trend: JobTrend }) {
  const { t } = useTexts();
  const good = trend.days.filter(({ status }) => status === 'compliant').length;
  return (
    <>
      <p>{t('estate.job-trend.days', { good, days: trend.days.length })}</p>
      <ul className="k-plain-list k-register-form">
        {trend.changes.slice(0, changesShown).map(({ at, to }) => (
          <li key={`${at} ${to}`} className="k-event">
            <VerdictBadge verdict={to} /> <Moment at={at} />
          </li>
        ))}
      </ul>
    </>
  );
}
