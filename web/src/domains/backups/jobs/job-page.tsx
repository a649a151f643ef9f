import './jobs.css';

import { useParams } from '@tanstack/react-router';

import { type JobView, readBackupJob, readJobStatus } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { AlertsAbout } from '../../alerts/alerts-about.tsx';
import { JobProof } from '../drills/job-proof.tsx';
import { JobTrendSection } from '../estate/job-trend-section.tsx';
import { ExpectationSection } from '../runs/expectation-section.tsx';
import { JobRuns } from '../runs/job-runs.tsx';
import { ScheduleSection } from '../schedules/schedule-section.tsx';
import { ToolSection } from '../tools/tool-section.tsx';
import { isBusy } from '../verdict/job-activity.ts';
import { JobCard } from '../verdict/job-card.tsx';
import { CopyForm } from './copy-form.tsx';
import { JobCopies } from './job-copies.tsx';
import { JobFacts } from './job-facts.tsx';

const busyMs = 1500;
const quietMs = 30_000;

/** One job: its verdict, what is said of it, when it runs, its copies and how it fared. */
export function JobPage() {
  const { key } = useParams({ from: '/inside/backups/jobs/$key' });
  const job = useRouteQuery(readBackupJob, { params: { key } });
  return <QueryView query={job}>{(found) => <Job job={found} />}</QueryView>;
}

function Job({ job }: { readonly job: JobView }) {
  const { t } = useTexts();
  const mayConfigure = useMay('system:configure');
  return (
    <>
      <PageHeader title={job.title} {...(job.description === '' ? {} : { lead: job.description })} />
      <div className="k-register">
        {job.archivedAt !== null && (
          <Notice tone="warn" title={t('register.archived')}>
            <p>{job.archiveReason}</p>
          </Notice>
        )}
        {job.legalHold !== null && (
          <Notice tone="info" title={t('register.held')}>
            <p>{job.legalHold}</p>
          </Notice>
        )}
        {job.archivedAt === null && <Verdict jobKey={job.key} />}
        <AlertsAbout subject={job.key} />
        <JobFacts job={job} />
        <JobRuns job={job.key} />
        <ScheduleSection job={job} />
        <ExpectationSection job={job.key} />
        <ToolSection job={job} />
        <CopyForm job={job} />
        {mayConfigure && <JobCopies job={job} />}
        <JobProof job={job.key} />
        <JobTrendSection jobKey={job.key} />
      </div>
    </>
  );
}

function Verdict({ jobKey }: { readonly jobKey: string }) {
  const query = useRouteQuery(
    readJobStatus,
    { params: { key: jobKey } },
    { refetchInterval: (latest) => (latest !== undefined && isBusy(latest) ? busyMs : quietMs) },
  );
  return <QueryView query={query}>{(status) => <JobCard job={status} />}</QueryView>;
}
