import '../../../ui/stacking-table.css';
import './service-levels-page.css';

import { NativeSelect, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type JobService, readServiceLevels, type ServiceKpis, type ServiceLevels } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { ResponseFigures } from '../../alerts/response-figures.tsx';

const periods = [7, 30, 90, 365] as const;

/** What was due by the jobs' own schedules against what came. */
export function ServiceLevelsPage() {
  const { t } = useTexts();
  const mayReadAlerts = useMay('system:read');
  const [days, setDays] = useState('30');
  const query = useRouteQuery(readServiceLevels, { query: { days: Number(days) } });
  return (
    <>
      <PageHeader title={t('levels.title')} lead={t('levels.lead')} />
      <div className="k-levels">
        <NativeSelect
          size="xs"
          label={t('levels.period')}
          data={periods.map((value) => ({ value: String(value), label: t('levels.days', { days: value }) }))}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <QueryView query={query}>
          {({ kpis, jobs, trend }) => (
            <>
              <Kpis kpis={kpis} />
              <Jobs jobs={jobs} />
              <Trend trend={trend} />
            </>
          )}
        </QueryView>
        {mayReadAlerts && <ResponseFigures days={Number(days)} />}
      </div>
    </>
  );
}

function percentText(value: number | null): string {
  return value === null ? '–' : `${value} %`;
}

function Kpis({ kpis }: { readonly kpis: ServiceKpis }) {
  const { t } = useTexts();
  const format = useFormat();
  const { longestRestoreSeconds: longest, oldestBackupHours: oldest, restores } = kpis;
  return (
    <section className="k-card k-levels-card" aria-labelledby="level-kpis">
      <h2 id="level-kpis">{t('levels.kpis')}</h2>
      <Facts
        facts={[
          { term: t('levels.kpi.backups'), value: percentText(kpis.backupPercent) },
          { term: t('levels.kpi.targets'), value: percentText(kpis.targetPercent) },
          { term: t('levels.kpi.rule'), value: percentText(kpis.rulePercent) },
          { term: t('levels.kpi.restores', { count: restores }), value: percentText(kpis.restorePercent) },
          { term: t('levels.kpi.longest'), value: longest === null ? '–' : format.clock(longest) },
          {
            term: t('levels.kpi.oldest'),
            value: oldest === null ? '–' : t('levels.hours', { hours: format.number(oldest) }),
          },
        ]}
      />
    </section>
  );
}

function Jobs({ jobs }: { readonly jobs: readonly JobService[] }) {
  const { t } = useTexts();
  if (jobs.length === 0) return <EmptyNote title={t('levels.none')} />;
  return (
    <section className="k-card k-levels-card" aria-labelledby="level-jobs">
      <h2 id="level-jobs">{t('levels.jobs')}</h2>
      <Table className="k-stacking">
        <thead>
          <tr>
            {(['job', 'state', 'kept', 'runs', 'duration', 'last'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`levels.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {jobs.map((one) => (
            <JobRow key={one.job} one={one} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function JobRow({ one }: { readonly one: JobService }) {
  const { t } = useTexts();
  const format = useFormat();
  const { runs, medianSeconds: median, p95Seconds: p95, maxRunSeconds: limit, lastGoodAt, maxAgeHours } = one;
  return (
    <tr>
      <td data-label={t('levels.column.job')}>
        <Link to="/backups/jobs/$key" params={{ key: one.job }}>
          {one.title}
        </Link>
      </td>
      <td data-label={t('levels.column.state')}>
        <TargetBadge one={one} />
      </td>
      <td data-label={t('levels.column.kept')}>
        {t('levels.of', { kept: one.kept, expected: one.expected })} · {percentText(one.ratePercent)} (
        {percentText(one.targetPercent)})
      </td>
      <td data-label={t('levels.column.runs')}>
        {t('levels.runs', { success: runs.success, partial: runs.partial, failed: runs.failed })}
      </td>
      <td data-label={t('levels.column.duration')}>
        {median === null || p95 === null ? '–' : `${format.clock(median)} · ${format.clock(p95)}`}
        {limit !== null && ` (≤ ${format.clock(limit)})`}
      </td>
      <td data-label={t('levels.column.last')}>
        {lastGoodAt === null ? t('levels.never') : <Moment at={lastGoodAt} />} (
        {t('levels.hours', { hours: format.number(maxAgeHours) })})
      </td>
    </tr>
  );
}

function TargetBadge({ one: { faults, expected } }: { readonly one: JobService }) {
  const { t } = useTexts();
  if (faults.length > 0) {
    return <StateBadge tone="bad" label={faults.map((fault) => t(`levels.fault.${fault}`)).join(' · ')} />;
  }
  // Of what was never due nobody knows whether it would have come.
  return expected === 0 ? (
    <StateBadge tone="calm" label={t('levels.unjudged')} />
  ) : (
    <StateBadge tone="ok" label={t('levels.kept')} />
  );
}

function Trend({ trend }: Pick<ServiceLevels, 'trend'>) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <section className="k-card k-levels-card" aria-labelledby="level-trend">
      <h2 id="level-trend">{t('levels.trend')}</h2>
      <ol className="k-plain-list k-levels-trend">
        {trend.map(({ from, expected, kept, ratePercent }) => (
          <li key={from}>
            <span>{format.date(from)}</span>
            <meter min={0} max={100} value={ratePercent ?? 0} aria-label={percentText(ratePercent)} />
            <span className="k-number">
              {percentText(ratePercent)} ({t('levels.of', { kept, expected })})
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
