import './protection-page.css';

import { readBackupStatus, readBackupSummary, type StatusView } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EstateOverview } from '../estate/estate-overview.tsx';
import { isBusy } from './job-activity.ts';
import { JobCard } from './job-card.tsx';

const busyMs = 1500;
const quietMs = 30_000;

/** With more, looking for every medium at each visit would take too long; the list shows what was last told. */
const fewJobs = 25;

export function ProtectionPage() {
  const { t } = useTexts();
  const summary = useRouteQuery(readBackupSummary, {});
  return (
    <>
      <PageHeader title={t('backups.title')} lead={t('backups.lead')} />
      <div className="k-protection">
        <EstateOverview />
        <QueryView query={summary}>{({ total }) => total <= fewJobs && <Jobs />}</QueryView>
      </div>
    </>
  );
}

function Jobs() {
  const query = useRouteQuery(
    readBackupStatus,
    {},
    { refetchInterval: (latest) => (latest?.jobs.some(isBusy) === true ? busyMs : quietMs) },
  );
  return <QueryView query={query}>{(status) => <Protection status={status} />}</QueryView>;
}

function Protection({ status }: { readonly status: StatusView }) {
  const { t } = useTexts();
  if (status.jobs.length === 0) {
    return (
      <EmptyNote title={t('backups.none')}>
        {t('backups.none.advice')} <code className="k-mono">kura backups protect KEY --source DIR</code>
      </EmptyNote>
    );
  }
  return (
    <>
      {status.jobs.map((job) => (
        <JobCard key={job.key} job={job} />
      ))}
    </>
  );
}
