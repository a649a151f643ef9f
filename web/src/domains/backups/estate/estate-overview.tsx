import '../jobs/jobs.css';

import { Link } from '@tanstack/react-router';

import { type EstateSummary, readBackupSummary, readBackupTrend, verdictStatusSchema } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { digitNames } from '../verdict/digit-row.tsx';
import { VerdictBadge } from '../verdict/verdict-badge.tsx';
import { TrendBars } from './trend-bars.tsx';
import { WhereCopiesLie } from './where-copies-lie.tsx';

const refreshMs = 30_000;
const trendDays = 90;

/** All jobs together: how many keep the rule, in which figures they fail, how that went, and where to begin. */
export function EstateOverview() {
  const { t } = useTexts();
  const summary = useRouteQuery(readBackupSummary, {}, { refetchInterval: () => refreshMs });
  const trend = useRouteQuery(readBackupTrend, { query: { days: trendDays } });
  return (
    <section className="k-card k-register-card" aria-labelledby="estate">
      <h2 id="estate">{t('backups.summary')}</h2>
      <QueryView query={summary}>{(one) => <Figures summary={one} />}</QueryView>
      <h3>{t('estate.trend')}</h3>
      <QueryView query={trend}>{({ items }) => <TrendBars items={items} />}</QueryView>
    </section>
  );
}

function Figures({ summary }: { readonly summary: EstateSummary }) {
  const { t } = useTexts();
  const format = useFormat();
  const { total, ratePercent, byStatus, digits, worst, copies } = summary;
  const statuses = verdictStatusSchema.options.filter((status) => byStatus[status] > 0);
  return (
    <>
      <Facts
        facts={[
          { term: t('backups.jobs'), value: format.number(total) },
          {
            term: t('backups.rate'),
            value: ratePercent === null ? t('backups.rate.none') : format.percent(ratePercent / 100),
          },
          ...statuses.map((status) => ({
            term: t(`backups.status.${status}`),
            value: format.number(byStatus[status]),
          })),
          ...digitNames.map((name) => ({
            term: t(`backups.digit.${name}`),
            value: t('estate.digit', { ...digits[name] }),
          })),
        ]}
      />
      <WhereCopiesLie copies={copies} />
      {worst.length > 0 && (
        <>
          <h3>{t('estate.worst')}</h3>
          <ul className="k-plain-list k-register-form">
            {worst.map(({ key, title, status, since }) => (
              <li key={key} className="k-event">
                <VerdictBadge verdict={status} />
                <Link to="/backups/jobs/$key" params={{ key }}>
                  {title}
                </Link>
                <span>
                  {t('estate.since')} <Moment at={since} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <Link to="/backups/jobs">{t('estate.all-jobs')}</Link>
      </p>
    </>
  );
}
