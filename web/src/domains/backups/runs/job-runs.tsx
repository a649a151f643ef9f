import { Link } from '@tanstack/react-router';

import { type JobService, listBackupRuns, readServiceLevels } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { RunBars } from './run-bars.tsx';
import { RunTable } from './run-table.tsx';

const figureDays = 30;
const runsDrawn = 60;
const runsListed = 20;
const refreshMs = 30_000;

/** How the runs of a job went: figures over a month, sizes and durations, the newest runs. */
export function JobRuns({ job }: { readonly job: string }) {
  const { t } = useTexts();
  const levels = useRouteQuery(readServiceLevels, { query: { job, days: figureDays } });
  const runs = useRouteQuery(
    listBackupRuns,
    { query: { job, limit: runsDrawn } },
    { refetchInterval: () => refreshMs },
  );
  return (
    <section className="k-card k-register-card" aria-labelledby="job-runs">
      <h2 id="job-runs">{t('backups.job-runs')}</h2>
      <QueryView query={levels}>{({ jobs }) => jobs.map((one) => <Figures key={one.job} one={one} />)}</QueryView>
      <QueryView query={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('backups.job-runs.none')} />
          ) : (
            <>
              <RunBars runs={items} show="bytes" />
              <RunBars runs={items} show="seconds" />
              <RunTable runs={items.slice(0, runsListed)} />
            </>
          )
        }
      </QueryView>
      <p>
        <Link to="/backups/runs" search={{ job }}>
          {t('backups.job-runs.all')}
        </Link>
      </p>
    </section>
  );
}

function Figures({ one }: { readonly one: JobService }) {
  const { t } = useTexts();
  const format = useFormat();
  const { kept, expected, ratePercent, targetPercent, runs, medianSeconds, p95Seconds, lastGoodAt } = one;
  return (
    <Facts
      facts={[
        {
          term: t('backups.job-runs.came', { days: figureDays }),
          value:
            ratePercent === null
              ? '–'
              : t('backups.job-runs.rate', {
                  kept,
                  expected,
                  percent: format.percent(ratePercent / 100),
                  target: format.percent(targetPercent / 100),
                }),
        },
        { term: t('levels.column.runs'), value: t('levels.runs', { ...runs }) },
        {
          term: t('levels.column.duration'),
          value:
            medianSeconds === null || p95Seconds === null
              ? '–'
              : `${format.clock(Math.round(medianSeconds))} · ${format.clock(Math.round(p95Seconds))}`,
        },
        {
          term: t('backups.job-runs.last-good'),
          value: lastGoodAt === null ? t('levels.never') : <Moment at={lastGoodAt} />,
        },
      ]}
    />
  );
}
