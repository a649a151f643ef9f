import './protection-page.css';

import { useTranslation } from 'react-i18next';

import { readBackupStatus, type StatusView } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { isBusy } from './job-activity.ts';
import { JobCard } from './job-card.tsx';

const busyMs = 1500;
const quietMs = 30_000;

export function ProtectionPage() {
  const { t } = useTranslation();
  const query = useRouteQuery(
    readBackupStatus,
    {},
    { refetchInterval: (latest) => (latest?.jobs.some(isBusy) === true ? busyMs : quietMs) },
  );
  return (
    <>
      <PageHeader title={t('backups.title')} lead={t('backups.lead')} />
      <QueryView query={query}>{(status) => <Protection status={status} />}</QueryView>
    </>
  );
}

function Protection({ status }: { readonly status: StatusView }) {
  const { t } = useTranslation();
  if (status.jobs.length === 0) {
    return (
      <EmptyNote title={t('backups.none')}>
        {t('backups.none.advice')} <code className="k-mono">kura backups protect KEY --source DIR</code>
      </EmptyNote>
    );
  }
  return (
    <div className="k-protection">
      <Summary summary={status.summary} />
      {status.jobs.map((job) => (
        <JobCard key={job.key} job={job} />
      ))}
    </div>
  );
}

function Summary({ summary }: { readonly summary: StatusView['summary'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { byStatus, ratePercent } = summary;
  const statuses = (['compliant', 'warning', 'non_compliant', 'unknown', 'paused'] as const).filter(
    (status) => byStatus[status] > 0,
  );
  return (
    <section className="k-card k-protection-summary" aria-label={t('backups.summary')}>
      <Facts
        facts={[
          { term: t('backups.jobs'), value: format.number(summary.total) },
          {
            term: t('backups.rate'),
            value: ratePercent === null ? t('backups.rate.none') : format.percent(ratePercent / 100),
          },
          ...statuses.map((status) => ({
            term: t(`backups.status.${status}`),
            value: format.number(byStatus[status]),
          })),
        ]}
      />
    </section>
  );
}
